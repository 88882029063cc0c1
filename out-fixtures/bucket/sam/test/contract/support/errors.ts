/** Something that the document does not tell, and the fixtures neither. */
export class Unknown extends Error {}

/** Something that cannot be tried out where the suite runs. */
export class Absent extends Error {}

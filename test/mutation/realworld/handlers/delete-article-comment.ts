import { deleteArticleComment } from '../generated/contract/delete-article-comment.js';
import { find, forget } from './comments.js';
import { refused } from './users.js';

export const handler = deleteArticleComment(async ({ params, auth }) => {
  const comment = find(params.id);
  if (!comment || comment.slug !== params.slug) return refused('there is no such comment');
  if (comment.author !== auth.principalId) return refused('the comment is somebody else’s');
  forget(comment.id);
  return { status: 204 };
});

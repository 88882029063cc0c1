/** Which addresses of the network may be called on behalf of somebody else. */

interface BlockList { addSubnet(network: string, bits: number, family: 'ipv4' | 'ipv6'): void; check(address: string, family: 'ipv4' | 'ipv6'): boolean }
interface Net { readonly BlockList: new () => BlockList; isIP(text: string): 0 | 4 | 6 }
declare const process: { getBuiltinModule(name: 'node:net'): Net };

/** Everything of IPv4 that is no public address of one host (IANA, IPv4 Special-Purpose Address Registry). */
const special = ['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'];
/** Of IPv6 only global unicast is public, without what leads back to IPv4 or is for documents (IANA, IPv6 Special-Purpose Address Registry). */
const global = ['2000::/3'];
const except = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];

const listOf = (networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList => {
  const list = new (process.getBuiltinModule('node:net').BlockList)();
  for (const network of networks) {
    const [address = '', bits = ''] = network.split('/');
    list.addSubnet(address, Number(bits), family);
  }
  return list;
};

let lists: { readonly special: BlockList; readonly global: BlockList; readonly except: BlockList } | undefined;

/** Whether an IP address is public; anything that is none, is not. */
export const isPublic = (address: string): boolean => {
  lists ??= { special: listOf(special, 'ipv4'), global: listOf(global, 'ipv6'), except: listOf(except, 'ipv6') };
  switch (process.getBuiltinModule('node:net').isIP(address)) {
    case 4: return !lists.special.check(address, 'ipv4');
    case 6: return lists.global.check(address, 'ipv6') && !lists.except.check(address, 'ipv6');
    default: return false;
  }
};

export const isAddress = (text: string): boolean => process.getBuiltinModule('node:net').isIP(text) !== 0;

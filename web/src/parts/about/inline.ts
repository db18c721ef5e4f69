/** The little Markdown that a line of the model card holds, as plain pieces: code, strong words, the words of links. */

export interface Piece {
  text: string;
  kind: 'plain' | 'code' | 'strong';
}

export function inline(line: string): Piece[] {
  return line
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .split(/(`[^`]+`|\*\*[^*]+\*\*)/)
    .filter((text) => text !== '')
    .map((text) => {
      if (/^`.+`$/.test(text)) return { text: text.slice(1, -1), kind: 'code' };
      if (/^\*\*.+\*\*$/.test(text)) return { text: text.slice(2, -2), kind: 'strong' };
      return { text, kind: 'plain' };
    });
}

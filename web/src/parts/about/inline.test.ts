import { expect, it } from 'vitest';
import { inline } from './inline';

it('tells code, strong words and links from the rest', () => {
  expect(inline('See [places](places.md): `sayso read` is **slow** here.')).toEqual([
    { text: 'See places: ', kind: 'plain' },
    { text: 'sayso read', kind: 'code' },
    { text: ' is ', kind: 'plain' },
    { text: 'slow', kind: 'strong' },
    { text: ' here.', kind: 'plain' },
  ]);
});

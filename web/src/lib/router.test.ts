import { expect, test } from 'vitest';
import { dataOf, linkTo, routeOf } from './router';

test('the root is the situation', () => {
  expect(routeOf('/')).toEqual({ page: 'situation' });
  expect(dataOf('/', '?type=clash')).toBe('/situation.json?type=clash');
});

test.each(['sha256:ab12#e3', 'wire/2016/06-09', 'خبر 9', '100%'])('the link of %s leads back to it', (id) => {
  expect(routeOf(linkTo('report', id))).toEqual({ page: 'record', kind: 'report', id });
});

test('an id with slashes that were not escaped is found too', () => {
  expect(routeOf('/event/wire/2016/06-09%23e3')).toEqual({
    page: 'record',
    kind: 'event',
    id: 'wire/2016/06-09#e3',
  });
});

test('what is not there is said to be missing', () => {
  expect(routeOf('/nothing')).toEqual({ page: 'missing' });
  expect(routeOf('/report/')).toEqual({ page: 'missing' });
  expect(routeOf('/report/%E0%A4%A')).toEqual({ page: 'missing' });
});

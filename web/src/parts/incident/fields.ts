/** The fields of an incident, each with how its value was chosen among the accounts. */

import { days, range } from '../../lib/format';
import { tOf, t } from '../../lib/i18n';
import type { Incident } from '../../lib/records';
import { datePrecision, placePrecision, type Field } from '../record/fields';
import { codes, coordinates, placeName, typeName } from '../record/values';

export function incidentFields(incident: Incident): Field[] {
  const { how, place } = incident;
  const kind = incident.ucdp?.['type_of_violence'];
  const fields: Field[] = [
    { label: 'field.what', ...EMPTY, value: typeName(incident.type), why: how['type'] ?? null },
    { label: 'field.status', ...EMPTY, value: tOf('status', incident.status), why: how['status'] ?? null },
    { label: 'field.who', ...EMPTY, means: actors(incident.actors, incident.actor_ids), why: how['actors'] ?? null },
    {
      label: 'field.whom',
      ...EMPTY,
      means: actors(incident.targets, incident.target_ids),
      why: how['targets'] ?? null,
    },
    {
      label: 'field.where',
      ...EMPTY,
      value: place ? null : (incident.place_words ?? null),
      means: place ? [{ name: placeName(place), kind: 'place', id: place.id }] : [],
      note: place ? `${coordinates(place.lat, place.lon)}; ${placePrecision(place.precision)}` : null,
      why: how['place'] ?? place?.why ?? null,
    },
    {
      label: 'field.when',
      ...EMPTY,
      value: days(incident.first, incident.last),
      note: datePrecision(incident.date_precision),
      why: how['date'] ?? null,
    },
    { label: 'field.killed', ...EMPTY, value: range(incident.killed), why: how['killed'] ?? null },
    { label: 'field.wounded', ...EMPTY, value: range(incident.wounded), why: how['wounded'] ?? null },
    { label: 'field.acled', ...EMPTY, value: codes(incident.acled), why: how['acled'] ?? how['codes'] ?? null },
    { label: 'field.plover', ...EMPTY, value: codes(incident.plover) },
    { label: 'field.ucdp', ...EMPTY, value: kind ? t('field.violence', { kind }) : null },
  ];
  return fields.filter((field) => field.means.length > 0 || field.value);
}

const EMPTY = { written: [], means: [] } as const satisfies Pick<Field, 'written' | 'means'>;

const actors = (names: readonly string[], ids: readonly (string | null)[]) =>
  names.map((name, index) => ({ name, kind: 'actor' as const, id: ids[index] ?? name }));

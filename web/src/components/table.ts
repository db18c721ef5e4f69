/** One column of a table. */
export interface Column {
  key: string;
  title: string;
  number?: boolean;
  sortable?: boolean;
  class?: string;
}

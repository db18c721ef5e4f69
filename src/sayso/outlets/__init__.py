"""Names and addresses of news outlets and agencies -> the outlet of record."""

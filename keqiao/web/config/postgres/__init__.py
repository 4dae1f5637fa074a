"""Django's database back end ``keqiao.web.config.postgres``: PostgreSQL that knows for whom each statement is."""

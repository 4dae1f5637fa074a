"""What experts score: what a sheet lacks, totals made of sheets, the order of applications and what leaves it open."""

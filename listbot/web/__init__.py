"""The pages: takers answer an ask, moderators decide, machines look whether all is well. No SQL and no decision here."""

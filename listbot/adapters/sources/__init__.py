"""Where messages come from: IMAP mailboxes, Maildirs, mbox archives, and a mail server handing over by LMTP."""

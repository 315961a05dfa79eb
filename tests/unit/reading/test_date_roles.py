"""What a date is to the case, told by the sentence that it stands in. The posts are of Wednesday 15 January 2025."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from listbot.domain.reading import DateRole
from listbot.reading import date_roles, dates, deadlines
from listbot.reading.date_cues import lowered
from listbot.reading.date_roles import RoledDate
from listbot.reading.text import Sentences

TODAY = date(2025, 1, 15)
TOLD = [
    ("hearing", "2025-02-20", "Her next date in front of Judge Ortiz is Feb 20."),
    ("hearing", "2025-02-20", "She goes back to court Feb 20."),
    ("hearing", "2025-02-20", "The court wants to see them again on February 20."),
    ("hearing", "2025-02-20", "Final hearing on the merits got moved to 2/20."),
    ("hearing", "2025-02-20", "We were given 2/20 for the individual."),
    ("hearing", "2025-02-20", "Judge gave him one continuance, to Feb 20, to find counsel."),
    ("hearing", "2025-02-20", "NTA lists Feb 20 at 8:30 in Dallas."),
    ("hearing", "2025-02-20", "He's due in front of the IJ on Feb. 20."),
    ("hearing", "2025-02-20", "They have her calendared for 20 February."),
    ("hearing", "2025-02-20", "Trial date of February 20 will not move."),
    ("hearing", "2025-02-20", "Master's on the 20th of February, pleadings not yet taken."),
    ("hearing", "2025-02-20", "I can't be there on Feb 20 for the bond hearing."),
    ("hearing", "2025-02-20", "EOIR portal shows 2/20/25 1:00 PM, Newark."),
    ("hearing", "2025-02-20", "First appearance: 2/20/2025"),
    ("hearing", "2025-02-20", "he sees the judge feb 20"),
    ("hearing", "2025-02-20", "The bond redetermination has been advanced to February 20."),
    ("hearing", "2025-02-20", "Someone needs to stand up with him at the MCH set Feb 20."),
    ("hearing", "2025-02-20", "Denied bond the first time; new bond motion will be heard Feb 20."),
    ("hearing", "2025-02-20", "Her naturalization interview got rescheduled to February 20"),
    ("hearing", "2025-02-20", "Tiene su corte final el 20 de febrero en San Antonio."),
    ("hearing", "2025-02-20", "La cita con la migra es el 20 de febrero."),
    ("hearing", "2025-02-20", "Lo esperan ante el juez el 20 de febrero."),
    ("hearing", "2025-01-21", "They just scheduled her credible fear interview for Tuesday."),
    ("hearing", "2025-01-21", "Reasonable fear review before the IJ, Tues the 21st."),
    ("hearing", "2025-02-20", "The individual, which was supposed to be last fall, is now 2/20."),
    ("hearing", "2025-02-20", "After two adjournments the merits are going forward February 20."),
    ("hearing", "2025-02-20", "Entered without inspection, now has a hearing Feb 20."),
    ("hearing", "2025-02-20", "He was ordered to come back February 20 with a lawyer."),
    ("hearing", "2025-02-20", "Asylum office finally scheduled them: Feb 20, Arlington."),
    ("hearing", "2025-02-20", "Oral argument is Feb 20."),
    ("hearing", "2025-02-20", "She got a letter to show up at USCIS Atlanta on 2/20."),
    ("filing", "2025-02-20", "The I-589 has to be in by Feb 20."),
    ("filing", "2025-02-20", "Application must reach the court before February 20."),
    ("filing", "2025-02-20", "Everything needs to go out the door by Feb 20."),
    ("filing", "2025-02-20", "Judge set a filing deadline of 2/20 for the 42B."),
    ("filing", "2025-02-20", "Pre-hearing brief and exhibits due Feb 20."),
    ("filing", "2025-02-20", "We have until February 20 to get the motion on file."),
    ("filing", "2025-02-20", "Re-registration closes Feb 20."),
    ("filing", "2025-02-20", "The TPS window for Venezuela shuts on 2/20."),
    ("filing", "2025-02-20", "He must file to remove conditions by 2/20/25."),
    ("filing", "2025-02-20", "If it isn't postmarked by Feb 20 we lose it."),
    ("filing", "2025-02-20", "El plazo para presentar la solicitud vence el 20 de febrero."),
    ("filing", "2025-02-20", "hay que meterla antes del 20 de febrero"),
    ("filing", "2025-02-20", "The 180th day is Feb 20."),
    ("filing", "2025-02-20", "90 days is up 2/20."),
    ("filing", "2025-02-20", "Court ordered relief applications filed no later than Feb 20."),
    ("filing", "2025-02-20", "Feb 20 is the last day for the motion to reopen."),
    ("filing", "2025-02-20", "Feb 20 filing deadline."),
    ("response", "2025-02-20", "RFE answer due Feb 20."),
    ("response", "2025-02-20", "There's an RFE with a Feb 20 due date."),
    ("response", "2025-02-20", "USCIS wants the missing evidence by February 20 (RFE)."),
    ("response", "2025-02-20", "NOID - we have to get something back to them by 2/20."),
    ("response", "2025-02-20", "The reply to the notice of intent to deny has to arrive by Feb 20."),
    ("response", "2025-02-20", "RFE response is due 2/20 and nobody has started."),
    ("appeal", "2025-02-10", "Notice of appeal has to reach the Board by Feb 10."),
    ("appeal", "2025-02-10", "Appeal deadline: 2/10."),
    ("appeal", "2025-02-10", "The EOIR-26 must be in Falls Church by February 10."),
    ("appeal", "2025-02-10", "PFR has to be filed in the Fifth Circuit by Feb 10."),
    ("appeal", "2025-02-10", "30 days to the BIA is up on Feb 10."),
    ("appeal", "2025-02-10", "La apelación vence el 10 de febrero."),
    ("appeal", "2025-02-10", "Petition for review must be docketed by 2/10"),
    ("entry", "2024-03-02", "She made her way here on March 2, 2024."),
    ("entry", "2024-03-02", "In the US since 3/2/24."),
    ("entry", "2024-03-02", "CBP One entry, 3/2/24."),
    ("entry", "2024-03-02", "They turned themselves in at Eagle Pass on March 2, 2024."),
    ("entry", "2024-03-02", "DOE 3/2/24"),
    ("entry", "2024-03-02", "date of last arrival 3/2/2024"),
    ("entry", "2024-03-02", "Encountered by CBP near Sasabe on 3/2/24 and released."),
    ("entry", "2024-03-02", "He has been in the country since March 2, 2024."),
    ("entry", "2024-03-02", "admitted B2 3/2/24"),
    ("entry", "2024-03-02", "Está aquí desde el 2 de marzo de 2024."),
    ("entry", "2024-03-02", "pasó la frontera el 2 de marzo de 2024"),
    ("entry", "2024-03-02", "arrived with her two kids on or about 3/2/24"),
    ("entry", "2024-03-02", "Parole date 3/2/24 at Laredo"),
    ("decision", "2025-01-06", "IJ denied relief Jan 6."),
    ("decision", "2025-01-06", "Lost at the individual on January 6."),
    ("decision", "2025-01-06", "BIA affirmed without opinion 1/6."),
    ("decision", "2025-01-06", "Removal order from January 6, 2025."),
    ("decision", "2025-01-06", "The judge ruled against her on Jan. 6"),
    ("decision", "2025-01-06", "RFE dated January 6."),
    ("decision", "2025-01-06", "El juez le negó el asilo el 6 de enero."),
    ("decision", "2025-01-06", "The Board's decision came down January 6."),
    ("decision", "2025-01-06", "Order of 1/6/25 attached."),
    ("past", "2025-01-06", "ICE took him Jan 6 outside his job."),
    ("past", "2025-01-06", "He's been at Stewart since January 6."),
    ("past", "2025-01-06", "She was moved to Texas on 1/6."),
    ("past", "2025-01-13", "On Monday a doctor confirmed it."),
    ("past", "2025-01-06", "Her last master was Jan 6."),
    ("past", "2025-01-06", "Picked up at a check-in January 6."),
    ("past", "2025-01-06", "We filed the 589 on Jan 6."),
    ("past", "2025-01-06", "lo agarraron el 6 de enero"),
    ("age_out", "2025-06-09", "He'll be 18 on June 9."),
    ("age_out", "2025-06-09", "She ages out June 9."),
    ("age_out", "2025-06-09", "His 18th birthday is June 9."),
    ("age_out", "2025-06-09", "Cumple 21 el 9 de junio."),
    ("age_out", "2025-06-09", "until she reaches 21 on 6/9"),
    ("age_out", "2025-06-09", "turning 21 June 9"),
    ("age_out", "2025-06-09", "kid is 20 (21 on 6/9)"),
    ("one_year", "2025-03-02", "One-year deadline is March 2."),
    ("one_year", "2025-03-02", "Her year runs on March 2."),
    ("one_year", "2025-03-02", "1 yr mark: 3/2"),
    ("one_year", "2025-03-02", "OYD 3/2/25"),
    ("one_year", "2025-03-02", "The one-year filing deadline hits 3/2"),
    ("one_year", "2025-03-02", "El año se le cumple el 2 de marzo."),
    ("other", "2025-02-20", "Next ICE check-in is Feb 20."),
    ("other", "2025-02-20", "He has to report to ISAP on 2/20."),
    ("other", "2025-02-20", "They plan to put him on a plane Feb 20."),
    ("other", "2025-02-20", "Removal is scheduled for February 20."),
    ("other", "2025-02-20", "Voluntary departure runs out Feb 20."),
    ("other", "2025-02-20", "His parole expires Feb 20."),
    ("other", "2025-02-20", "He leaves the county jail on Feb 20 and ICE is waiting."),
    ("birth", "2007-06-09", "DOB 6/9/2007"),
    ("birth", "2007-06-09", "nació el 9 de junio de 2007"),
    ("birth", "2007-06-09", "(b. 6/9/07)"),
    ("hearing", "2025-02-20", "Bond hrg 2/20 8:30am IJ Cole."),
    ("hearing", "2025-02-20", "merits 2/20"),
    ("hearing", "2025-02-20", "Detained at Aurora, 2/20 individual, asylum/WOR/CAT."),
    ("hearing", "2025-02-20", "Case is set on the Feb 20 docket."),
    ("hearing", "2025-02-20", "Somebody to cover a master on 2/20 in Boston?"),
    ("hearing", "2025-02-20", "She's unrepresented and her hearing is five weeks off (Feb. 20)."),
    ("hearing", "2025-02-20", "IJ Park, 20 Feb, 9:00"),
    ("hearing", "2025-02-20", "Court: Newark. Date: 2/20/25."),
    ("hearing", "2025-02-20", "Next hearing: 02/20/2025"),
    ("hearing", "2025-02-20", "Next hearing ......... Feb 20, 2025 @ 1pm"),
    ("hearing", "2025-02-20", "The family is scheduled to be heard by Judge Ames on Thursday, February 20."),
    ("hearing", "2025-02-20", "Master set 2/20, individual not yet set."),
    ("hearing", "2025-02-20", "We entered a limited appearance; the next one is Feb 20."),
    ("hearing", "2025-02-20", "Her case was reopened and set for a master on Feb 20."),
    ("hearing", "2025-02-20", "After he was denied bond in December the court gave him a merits date of Feb 20."),
    ("hearing", "2025-02-20", "Asylum was filed in 2023, trial Feb 20."),
    ("hearing", "2025-02-20", "I conducted the first hearing myself but cannot do Feb 20."),
    ("hearing", "2025-02-20", "Federal judge wants everyone back on Feb 20 for the PI hearing."),
    ("hearing", "2025-02-20", "Probate court hears the guardianship February 20."),
    ("hearing", "2025-02-20", "Family court date for the custody petition is 2/20."),
    ("hearing", "2025-02-20", "hearing is thurs feb 20th and nobody is going with him"),
    ("hearing", "2025-01-17", "Bond Friday."),
    ("hearing", "2025-01-16", "court tomorrow 8:30, Adelanto"),
    ("hearing", "2025-01-20", "She goes before the judge on Monday with nobody."),
    ("hearing", "2025-01-22", "his individual is a week from today"),
    ("hearing", "2025-01-24", "individual a week from Friday"),
    ("hearing", "2025-01-21", "master this coming Tuesday"),
    ("hearing", "2025-01-27", "Su audiencia es el 27 de este mes."),
    ("hearing", "2025-01-27", "hearing on the 27th"),
    ("hearing", "2025-02-20", "tiene master el 20 de febrero a la 1"),
    ("hearing", "2025-02-20", "Le toca corte el 20/2."),
    ("hearing", "2025-01-21", "el próximo martes tiene audiencia de fianza"),
    ("filing", "2025-02-20", "relief apps due Feb 20"),
    ("filing", "2025-02-20", "Call-up date is Feb 20."),
    ("filing", "2025-02-20", "Call up: 2/20"),
    ("filing", "2025-02-20", "IJ gave until Feb 20 to file the I-589 and supporting docs."),
    ("filing", "2025-02-20", "The habeas reply brief is due in district court on February 20."),
    ("filing", "2025-02-20", "Motion must be in by Feb 20 or the 90 days are gone."),
    ("filing", "2025-02-20", "statute runs Feb 20"),
    ("filing", "2025-02-20", "The I-751 window ends Feb 20."),
    ("filing", "2025-02-20", "Deadline to file is February 20, so we are close."),
    ("filing", "2025-02-20", "He has to file before February 20, 2025."),
    ("filing", "2025-02-20", "Submission deadline Feb 20 / nothing drafted"),
    ("filing", "2025-02-20", "the waiver has to go in before feb 20"),
    ("filing", "2025-02-20", "I-730 must be filed by 2/20 (two years from her grant)"),
    ("filing", "2025-02-20", "(must be filed by 2/20)"),
    ("filing", "2025-02-20", "fecha límite 20 de febrero"),
    ("response", "2025-02-20", "RFE due 2/20."),
    ("response", "2025-02-20", "RFE - deadline 2/20 - medical and affidavit of support"),
    ("response", "2025-02-20", "Our answer to the NOID must be at the service center by February 20."),
    ("response", "2025-02-20", "got an RFE, due february 20"),
    ("response", "2025-02-20", "La respuesta al RFE vence el 20 de febrero."),
    ("appeal", "2025-02-10", "BIA appeal due Feb 10"),
    ("appeal", "2025-02-10", "Deadline for the notice of appeal: February 10"),
    ("appeal", "2025-02-10", "NOA deadline is 2/10, he reserved"),
    ("appeal", "2025-02-10", "Need someone to file the EOIR-26 by Monday Feb 10"),
    ("appeal", "2025-02-10", "Appeal must be received by the Board on or before Feb 10"),
    ("appeal", "2025-02-10", "PFR deadline Feb 10, 9th Cir."),
    ("entry", "2024-03-02", "Entry: 3/2/24"),
    ("entry", "2024-03-02", "entered US 3/2/24 thru Nogales"),
    ("entry", "2024-03-02", "EWI 3/2/24"),
    ("entry", "2024-03-02", "Entered w/o inspection on or about March 2nd, 2024"),
    ("entry", "2024-03-02", "came w/ mom 3/2/24"),
    ("entry", "2024-03-02", "last arrived March 2, 2024"),
    ("entry", "2024-03-02", "Paroled at Brownsville 3/2/24."),
    ("entry", "2024-03-02", "He crossed near Yuma on the 2nd of March 2024."),
    ("entry", "2024-03-02", "His date of entry was March 2, 2024, and nothing has been filed."),
    ("entry", "2024-03-02", "She's been here since March 2, 2024"),
    ("entry", "2024-03-02", "Released at the border 3/2/24 with an NTA"),
    ("decision", "2025-01-06", "asylum denied 1/6, appeal reserved"),
    ("decision", "2025-01-06", "IJ decision 1/6/25"),
    ("decision", "2025-01-06", "removal order entered Jan 6 at Varick"),
    ("decision", "2025-01-06", "ordered removed in absentia Jan 6, 2025"),
    ("decision", "2025-01-06", "The Board dismissed her appeal on January 6."),
    ("decision", "2025-01-06", "USCIS denied the N-400 on 1/6."),
    ("decision", "2025-01-06", "The IJ's written decision is dated Jan 6, 2025."),
    ("decision", "2025-01-06", "was denied on January 6"),
    ("decision", "2025-01-06", "NOID dated 1/6"),
    ("decision", "2025-01-06", "On January 6 the judge denied everything."),
    ("decision", "2025-01-06", "On Jan 6 the BIA dismissed."),
    ("past", "2025-01-06", "On January 6 ICE arrested him at work."),
    ("past", "2025-01-10", "ICE picked him up Friday."),
    ("past", "2025-01-12", "detained since Sunday"),
    ("past", "2025-01-13", "He was transferred Monday to Jena."),
    ("past", "2025-01-14", "They took him yesterday."),
    ("past", "2025-01-06", "CFI was January 6 and negative."),
    ("past", "2025-01-06", "missed his hearing on 1/6"),
    ("age_out", "2025-06-09", "Turns 21 June 9!!"),
    ("age_out", "2025-06-09", "he is 17, 18 on June 9"),
    ("age_out", "2025-06-09", "b-day June 9 (18)"),
    ("age_out", "2025-06-09", "before his 21st birthday on June 9"),
    ("age_out", "2025-06-09", "She will turn twenty-one on June 9."),
    ("age_out", "2025-06-09", "Aging out 6/9/25."),
    ("age_out", "2025-06-09", "va a cumplir 18 el 9 de junio"),
    ("one_year", "2025-03-02", "one year deadline 3/2"),
    ("one_year", "2025-03-02", "one-year: March 2"),
    ("one_year", "2025-03-02", "1-yr is up March 2"),
    ("one_year", "2025-03-02", "589 one year bar date March 2, 2025"),
    ("one_year", "2025-03-02", "Her one year in the US is March 2."),
    ("one_year", "2025-03-02", "The asylum clock runs out on March 2."),
    ("other", "2025-02-20", "ISAP appt 2/20"),
    ("other", "2025-02-20", "ICE told her to come in Feb 20 with her passport."),
    ("other", "2025-02-20", "OSUP check in Feb 20"),
    ("other", "2025-02-20", "He's on the manifest for Feb 20."),
    ("other", "2025-02-20", "deportation flight 2/20"),
    ("other", "2025-02-20", "has to leave the country by Feb 20 (VD)"),
    ("other", "2025-02-20", "humanitarian parole ends Feb 20"),
    ("hearing", "2025-02-20", "If you can be in Boise on February 20 you have a hearing to do."),
    ("hearing", "2025-02-20", "Need a warm body for Feb 20, Stewart, 1pm."),
    ("hearing", "2025-02-20", "I have a conflict on 2/20 and need a stand-in for the master."),
    ("hearing", "2025-02-20", "Client's second individual is calendared Feb. 20, three hours."),
    ("hearing", "2025-02-20", "Her merits have been double-booked with mine on February 20."),
    ("hearing", "2025-02-20", "This one is Feb 20 in front of Judge Hall."),
    ("hearing", "2025-02-20", "DHS filed the NTA in Omaha, hearing 2/20."),
    ("hearing", "2025-02-20", "Filed the E-28 last week; master is Feb 20."),
    ("hearing", "2025-02-20", "She was in removal proceedings in Miami, COV granted, now Feb 20 in Charlotte."),
    ("hearing", "2025-02-20", "He entered in 2019, was denied asylum at the office in 2023, and has an IJ date of February 20."),
    ("hearing", "2025-02-20", "Witness is flying in for the Feb 20 individual."),
    ("hearing", "2025-02-20", "The order was vacated and she got a new date, Feb 20."),
    ("hearing", "2025-02-20", "They rescheduled us for Feb. 20th at 1:30 p.m."),
    ("hearing", "2025-02-20", "The bond hearing, which was set for last Friday, is now on Feb 20."),
    ("hearing", "2025-02-20", "Detained, Pine Prairie. Video master Feb 20. Tigrinya."),
    ("hearing", "2025-02-20", "Hearing date? February 20."),
    ("hearing", "2025-02-20", "When: Feb 20, 8:30 am. Where: Florence."),
    ("hearing", "2025-02-20", "Her removal hearing at the Elizabeth detention facility is 20 Feb."),
    ("hearing", "2025-02-20", "La audiencia individual quedó para el 20 de febrero."),
    ("hearing", "2025-02-20", "Tiene que presentarse en la corte el 20 de febrero."),
    ("hearing", "2025-01-17", "fianza este viernes 17, Eloy"),
    ("hearing", "2025-01-24", "Bond's on Friday the 24th."),
    ("hearing", "2025-01-22", "bond redetermination next Wed"),
    ("hearing", "2025-01-23", "hearing is thursday of next week"),
    ("hearing", "2025-02-05", "individual hearing in three weeks"),
    ("filing", "2025-02-20", "She has to file by Feb 20 or she loses her status."),
    ("filing", "2025-02-20", "Supplemental evidence has to be with the judge fifteen days out, so Feb 20."),
    ("filing", "2025-02-20", "The judge said file the 589 at the next hearing or by Feb 20."),
    ("filing", "2025-02-20", "Evidence is due Feb 20"),
    ("filing", "2025-02-20", "The 90-day clock on the motion to reopen runs out Feb 20."),
    ("filing", "2025-02-20", "Motion to reopen needs to be lodged no later than 2/20."),
    ("filing", "2025-02-20", "TPS re-registration for Honduras closes on Feb 20."),
    ("filing", "2025-02-20", "Her window to renew DACA closes 2/20."),
    ("filing", "2025-02-20", "deadline is 2/20 (call up)"),
    ("filing", "2025-02-20", "Drop dead date 2/20"),
    ("response", "2025-02-20", "USCIS issued a NOID; 30 days takes us to Feb 20."),
    ("response", "2025-02-20", "RFE (87 days, i.e. February 20)."),
    ("response", "2025-02-20", "They sent an RFE asking for more on good faith marriage, response by 2/20."),
    ("response", "2025-02-20", "We have until Feb. 20 to answer the RFE"),
    ("appeal", "2025-02-10", "The 30 days for appeal end on February 10."),
    ("appeal", "2025-02-10", "IJ denied it Jan 10, so the appeal is due Feb 10."),
    ("appeal", "2025-02-10", "BIA: notice has to be in by Feb. 10."),
    ("appeal", "2025-02-10", "The PFR clock runs Feb 10"),
    ("appeal", "2025-02-10", "Brief to the Board is due Feb 10."),
    ("appeal", "2025-02-10", "last day to appeal: 2/10"),
    ("appeal", "2025-02-10", "The circuit deadline is February 10 and it is jurisdictional."),
    ("entry", "2024-03-02", "Her entry was 3/2/2024 near El Paso, EWI, released with an NTA."),
    ("entry", "2024-03-02", "Came by plane on a visitor visa March 2, 2024."),
    ("entry", "2024-03-02", "They reached Texas on March 2, 2024."),
    ("entry", "2024-03-02", "He has only been here since 3/2/24."),
    ("entry", "2024-03-02", "CBP let them in on March 2, 2024."),
    ("entry", "2024-03-02", "I-94 shows 3/2/24."),
    ("entry", "2024-03-02", "stamped in at JFK 3/2/24"),
    ("entry", "2024-03-02", "landed at Dulles 2 March 2024"),
    ("entry", "2024-03-02", "Cruzó por Reynosa el 2 de marzo de 2024."),
    ("decision", "2025-01-06", "Immigration judge found her not credible and denied on Jan 6."),
    ("decision", "2025-01-06", "On 1/6 the court ordered him removed."),
    ("decision", "2025-01-06", "BIA decision dated 1/6/2025 (served by mail)."),
    ("decision", "2025-01-06", "In absentia, 1/6/25, Houston."),
    ("decision", "2025-01-06", "The denial is dated January 6."),
    ("decision", "2025-01-06", "Judge issued the written order January 6"),
    ("decision", "2025-01-06", "We lost on January 6."),
    ("past", "2025-01-06", "He bonded out on Jan 6."),
    ("past", "2025-01-06", "ORR released him to his aunt on January 6."),
    ("past", "2025-01-06", "She moved to Ohio on Jan 6."),
    ("past", "2025-01-06", "I met her at the jail on Jan. 6."),
    ("past", "2025-01-06", "Her asylum was filed January 6."),
    ("past", "2025-01-06", "Her lawyer died on Jan 6."),
    ("past", "2025-01-06", "Custody order was entered by the family court on Jan 6."),
    ("age_out", "2025-06-09", "she'll turn 21 on 6/9 and the petition dies"),
    ("age_out", "2025-06-09", "18th bday = 6/9"),
    ("age_out", "2025-06-09", "He is 17 until June 9."),
    ("age_out", "2025-06-09", "ages out on the 9th of June"),
    ("one_year", "2025-03-02", "Her first anniversary in the country is March 2."),
    ("one_year", "2025-03-02", "one year on march 2"),
    ("one_year", "2025-03-02", "March 2 is one year."),
    ("one_year", "2025-03-02", "one-year filing date 3/2, nothing filed"),
    ("other", "2025-02-20", "He's to report for removal on Feb 20."),
    ("other", "2025-02-20", "ERO wants her back with tickets on February 20."),
    ("other", "2025-02-20", "ICE is flying him out Feb 20."),
    ("other", "2025-02-20", "The stay expires Feb 20."),
]
BINDS_NOBODY = [
    "Our office closes Feb 20 for good.",
    "I start maternity leave on February 20.",
    "I'm out until Feb 20.",
    "Please let me know by Friday.",
    "Call me before Thursday if you can.",
    "I'll be in trial starting Monday.",
    "Join us Feb 20 for a free training on SIJ.",
    "The CLE is on Feb 20 from 12 to 1.",
    "I am retiring on February 20.",
    "Our grant runs out Feb 20.",
    "My last day here is February 20.",
    "I could meet with you Thursday to hand off the file.",
    "I can send the file by Tuesday.",
    "She has surgery Feb 20.",
    "She is expecting on February 20.",
    "School starts Feb 20.",
    "Work permit good through 2/20/27.",
    "I leave for Spain on Saturday.",
    "I'm on trial until Thursday but text works.",
    "Would love to hear from someone before the weekend, say by Thursday.",
    "Our fellow's term ends February 20 and we have no replacement.",
    "We are closing our immigration unit on Feb 20.",
    "Office is closed Monday for the holiday.",
    "I go on leave Feb 20 so this needs a home.",
    "I'm happy to do a warm handoff call Thursday or Friday.",
    "My clinic ends the semester on Feb 20.",
    "Interpreter is available Mondays.",
    "We have a hearing in another case that day, Feb 20, so I can't.",
    "Bond was set at $5,000 and paid Friday.",
    "She gives birth around February 20.",
    "Next pro se workshop is February 20.",
    "I can do the Feb 20 master myself, just not the rest.",
    "I will cover the Feb 20 master.",
    "We'll keep the hearing on Feb 20.",
    "His criminal court date is Feb 20 and the PD has that.",
    "EAD valid to 2/20/27",
    "Her card is good until 2/20/27.",
    "His passport expires 2/20/27.",
    "I fly out Friday and will not be reachable.",
    "Trainings are every second Tuesday.",
    "I'd be grateful for an answer by Friday.",
    "Can anyone get back to me by tomorrow?",
    "I will be at the jail on Thursday and can bring a G-28.",
    "We are meeting with the family on Saturday.",
    "She works nights, so not before Thursday.",
    "My trial starts Monday.",
    "I am covering the Feb 20 master, what I need is the rest.",
    "No hearing set. I'm seeing him again on Friday.",
    "The 31st is my last day at the clinic.",
    "Client can meet Saturday afternoons.",
    "School lets out Feb 20 so the move will wait till then.",
    "happy friday everyone!",
    "The application was filed and biometrics were Monday.",
    "He has his green card until 2/20/2030.",
    "The intake was Monday.",
    "I spoke to her Sunday and she is frightened.",
]


def read(sentence: str, today: date = TODAY) -> tuple[str, list[RoledDate]]:
    text = f"Looking for counsel\n\n{sentence}\n\nThanks for reading this far and for anything you can do.\n"
    return text, date_roles.roles_of(dates.find_dates(text, today), text, Sentences(text), today)


@pytest.mark.parametrize(("role", "day", "sentence"), TOLD)
def test_a_date_has_the_role_and_the_day_that_its_sentence_tells(role: str, day: str, sentence: str) -> None:
    _, found = read(sentence)
    told = {(d.role.value, str(d.day)) for d in found}
    gone_by = {("past", day), ("decision", day), ("other", day)} if role == "past" else set()
    assert told & ({(role, day)} | gone_by)


@pytest.mark.parametrize("sentence", BINDS_NOBODY)
def test_the_writers_own_calendar_and_what_is_merely_valid_bind_nobody(sentence: str) -> None:
    text, found = read(sentence)
    deadline, _ = deadlines.binding(found, text, TODAY)
    assert deadline is None


@pytest.mark.parametrize(
    "head", ["On January 20, 2025, Ana Field wrote:", "Sent: Monday, January 20, 2025 4:41 PM", "Date: Jan 20, 2025"]
)
def test_the_head_of_a_quoted_mail_is_no_deadline(head: str) -> None:
    text, found = read(head)
    assert deadlines.binding(found, text, TODAY)[0] is None


@given(st.text(max_size=400))
@settings(max_examples=150, deadline=None)
def test_any_text_keeps_its_length_in_lower_case(text: str) -> None:
    assert len(lowered(text)) == len(text)


_WORDS = st.sampled_from(
    [
        "hearing",
        "master",
        "due",
        "by",
        "before",
        "on",
        "entered",
        "born",
        "turns",
        "18",
        "21",
        "Feb",
        "March",
        "3",
        "2/3",
        "2/30/25",
        "13/1/24",
        "Friday",
        "next",
        "week",
        "tomorrow",
        "RFE",
        "30",
        "days",
        "from",
        "appeal",
        "the",
        "24th",
        "in",
        "two",
        "weeks",
        ".",
        ";",
        ",",
        "\n\n",
        "99/99",
        "00/00",
        "0000-00-00",
        "1/1/1900",
        "12/31/2100",
        "29",
        "February",
        "last",
        "year",
        "el",
        "lunes",
        "24",
        "de",
        "febrero",
        "i.e.",
        "until",
    ]
)


@given(st.lists(_WORDS, max_size=40).map(" ".join), st.dates(date(1950, 1, 1), date(2090, 1, 1)))
@example("lunes before 2/3", date(2000, 1, 1))
@settings(max_examples=300, deadline=None)
def test_whatever_is_written_no_deadline_lies_in_the_past_and_spans_lie_in_the_text(text: str, today: date) -> None:
    found = date_roles.roles_of(dates.find_dates(text, today), text, Sentences(text), today)
    roled = deadlines.derived(found, text, ["asylum", "sijs", "motion_to_reopen"], today, None)
    deadline, mentions = deadlines.binding(roled, text, today, ["asylum"], 17)
    assert deadline is None or deadline.date >= today
    assert len(mentions) == len(roled)
    assert all(0 <= d.mention.span[0] < d.mention.span[1] <= len(text) for d in roled)
    for a, b in pairwise(d.mention for d in roled if not d.gives):
        assert a.span[1] <= b.span[0] or a.span[1] == b.span[1]  # a day that is counted takes in the one it is counted from
    assert all(d.day is None or d.role not in (DateRole.HEARING, DateRole.FILING) or d.day >= today for d in roled)


def test_a_birthday_of_an_age_that_does_not_matter_is_an_event() -> None:
    _, (turns, hearing) = read("He is 13 (turns 14 on 7/1) and his master is 7/20.")
    assert turns.role is DateRole.EVENT
    assert hearing.role is DateRole.HEARING


def test_what_somebody_asked_for_lies_behind() -> None:
    _, (asked,) = read("He asked for the EOIR-26 form on Jan 10 and they told him the printer is broken.")
    assert (asked.role, asked.day) == (DateRole.PAST, date(2025, 1, 10))


def test_a_weekday_cut_short_belongs_to_its_date() -> None:
    _, (hearing,) = read("Bond hearing Fri. 3/28, 1 pm")
    assert hearing.day == date(2025, 3, 28)


def test_a_day_that_is_plainly_an_event_is_no_deadline_elsewhere() -> None:
    text = "Skills Night, March 19"
    _, (faint,) = read(text)
    plain = replace(faint, role=DateRole.EVENT, strength=0.8)
    assert [d.role for d in date_roles.told_alike([replace(faint, role=DateRole.HEARING, strength=0.4), plain])] == [
        DateRole.EVENT
    ] * 2

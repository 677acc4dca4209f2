"""Stories of one agency on one dispute, with the background that it puts below all of them."""

BACKGROUND = """The 640 stewards of the Solund ferries have not worked since 2 April, when the company ended the \
night allowance. Some 18,000 travellers a day cross the sound, half of them on the way to work in Vardal.

The last stoppage, eleven years ago, ended after 16 days with a rise of four percent. Solund Lines was sold to a \
pension fund in 2019 and has since closed two of its seven routes."""

MONDAY = f"""Solund Lines offered its stewards 900 crowns a month on Monday in place of the night allowance, and \
the Stewards' Guild called the sum an insult.

"Nobody has ever offered them more than this," said the company's director, Ragna Thoresen, in front of the \
terminal.

The guild's secretary, Odd Brekke, said members had lost 1,400 crowns each. "She has found the half of it and kept \
the rest," he told reporters on the quay.

The state mediator, Liv Aaker, asked both sides to come back on Thursday with written answers.

{BACKGROUND}"""

THURSDAY = f"""Stewards of the Solund ferries voted on Thursday by 402 to 118 to stay away for another week, and \
their guild asked the engine crews to join them.

"A week is what it takes to learn to count to fourteen hundred," said the guild's secretary, Odd Brekke, when the \
boxes had been emptied.

Ragna Thoresen, the company's director, said that two ships would be sold if the engine crews stopped as well. \
"Then there will be fewer beds to make," she said.

The state mediator, Liv Aaker, sent the delegations home for the weekend.

{BACKGROUND}"""

FIGURES = f"""Every third trip across the sound was cancelled in the first half of the year, a list of the port
of Vardal shows.

The worst month was June, in which 212 of 640 trips fell out. Engines were the reason in half of the cases, fog in a
fifth, and for 88 of them no reason is given.

Passengers asked for 1.3 million crowns back and were paid a quarter of that.

{BACKGROUND}"""

MARCH = """Commuters walked the nine kilometres round the head of the sound on Monday, led by a brass band and a \
woman with a pram.

"I have missed eleven breakfasts and one birthday," said Tuva Lind, a nurse who lives in Vardal and works on the \
other side.

The police counted 700 people; those who had called for the walk spoke of 2,000. Bakers along the road gave away \
what they had not sold by noon.

The mayor of Vardal, Jens Rostad, promised a bus for the early shift. "It will be slow and it will be full, and it \
will be there at five," he said."""

MERGED = "\n\n".join([*MARCH.split("\n\n")[:3], *MONDAY.split("\n\n")[:4]])

SENTINEL = """The mediator looked tired when she came down the stairs on Thursday night. "The ferries will not \
sail before Tuesday," Liv Aaker said to both delegations.

"There is a number between them and a night between them," she said, and asked for the lights to be put out.

Somebody who sat at the table says that the company has already agreed to 1,250 crowns, which its director denies.

In the canteen of the Vardal terminal the cook has made soup for the pickets since the second day. "They pay with \
stories," said the cook, Ida Moen, "and some of them are even true."

Engine crews met in a church hall and put off their decision; 61 of them had signed a list by midnight. Some \
18,000 travellers a day cross the sound."""

GAZETTE = """No ferry crosses the sound before next week. "The ferries will not sail before Tuesday," the state \
mediator, Liv Aaker, said on Thursday after six hours with both delegations.

She would not give the sum that was on the table. "There is a number between them and a night between them," she \
said.

The Stewards' Guild turned down 1,250 crowns because it would end in August, according to its secretary, Odd \
Brekke. "A summer is not a settlement, and autumn comes with bills as well," he said.

The engine crews met in a church hall and put off their decision until 61 of them have signed a list.

The director, Ragna Thoresen, flew to the capital at noon to see the fund's trustees, and a choir of pensioners \
sang on the pier while her car went by.

Hotels in Vardal have lost a third of their guests, their association reckons, and the fish market opens an hour \
later. Some 18,000 travellers cross the sound in a day."""

"""Names of people that are frequent in English-speaking countries, first names and last.

Only a help: a name that is not here is a name as well. Those that are also ordinary words, of which
nobody would think as a name where it stands ("will", "may", "hope"), are left out.
"""

GIVEN_NAMES = frozenset(
    """
    aaron abby abdul abigail adam adrian agnes ahmed aidan alan albert alejandro alex alexander
    alexandra alexis alfred ali alice alicia alison allan allen allison alma alvin alyssa amanda
    amber amelia amina amir amit amy ana andrea andrew andy angel angela angelica anita ann anna
    anne annie anthony antonio april ariana arjun arlene arnold arthur arun asha ashley ashok
    audrey austin ava barbara barry beatrice beatriz becky ben benjamin bernard bernice beth betty
    beverly bill billy bob bobby bonnie brad bradley brandon brandy brenda brent brett brian
    brianna bridget brittany brooke bruce bryan caleb calvin cameron camila candace carl carla
    carlos carmen carol caroline carolyn carrie casey catherine cathy cecilia chad charles charlie
    charlotte chelsea cheryl chloe chris christian christina christine christopher cindy claire
    clara clarence claudia clifford cody colin colleen connie connor corey courtney craig cristina
    crystal curtis cynthia daisy dale dan dana daniel danielle danny darren dave david dawn
    deborah debra deepak denise dennis derek diana diane diego dmitri dolores dominic don donald
    donna doris dorothy doug douglas drew dustin dylan earl eddie edgar edith eduardo edward edwin
    eileen elaine eleanor elena eli elijah elizabeth ella ellen emily emma eric erica erik erin
    ernest esther ethan eugene eva evan evelyn faith farah fatima felix fernando fiona florence
    frances francis francisco frank fred frederick gabriel gabriela gail gareth gary gavin gene
    geoffrey george gerald geraldine gina giulia gladys glen glenn gloria gordon grace graham greg
    gregory gretchen hannah harold harriet harry harvey hassan hazel heather hector heidi helen
    henry herbert holly howard hugh hugo ian ibrahim ignacio irene iris isaac isabel isabella
    ivan jack jackie jackson jacob jacqueline jaime jake james jamie jan jane janet janice jared
    jasmine jason javier jay jayden jean jeff jeffrey jenna jennifer jenny jeremy jerome jerry
    jesse jessica jesus jill jim jimmy jo joan joann joanna joanne jodi joe joel joey john johnny
    jon jonathan jordan jorge jose joseph josephine joshua joy joyce juan juana judith judy julia
    julian julie june justin kaitlyn karen karl kate katherine kathleen kathy katie kavita kayla
    keith kelly ken kenneth kerry kevin kim kimberly kiran kirk kristen kristin kumar kurt kyle
    lakshmi larry laura lauren lawrence leah lee leila leo leon leonard leroy leslie lewis liam
    lillian linda lindsay lisa liz lloyd logan lois lori lorraine louis louise lucas lucia lucille
    lucy luis luke lydia lynn mackenzie madison malcolm manuel marc marcia marco marcus margaret
    maria marian marie marilyn mario marion marissa marjorie mark marlene marsha marta martha
    martin marvin mary mason mateo mathew matt matthew maureen maurice max maya megan mei
    melanie melinda melissa melvin mercedes mia michael micheal michele michelle miguel mike
    mildred milton miranda miriam mitchell mohamed mohammed molly monica morgan muhammad myra nadia
    nancy naomi natalie natasha nathan nathaniel neil nelson nicholas nick nicole nikhil nina noah
    noel nora norma norman olga oliver olivia omar oscar owen pablo paige pam pamela patricia
    patrick paul paula pauline pedro peggy penny perry pete peter phil philip phillip phyllis
    priya rachel rafael rahul raj rajesh ralph ramon randy raul raymond rebecca regina
    renee rhonda ricardo richard rick ricky riley rita robert roberta roberto robin rodney roger
    roland ron ronald rosa rosemary roy ruben ruby russell ruth ryan sabrina sally sam samantha
    samuel sandra sandy sanjay santiago sara sarah scott sean sebastian sergio seth shane shannon
    sharon shaun shawn sheila shelby sherry shirley sidney simon sofia sonia sophia sophie stacy
    stanley stella stephanie stephen steve steven stuart sue sunil susan suzanne sydney sylvia
    tamara tammy tanya tara taylor ted teresa terrence terry theodore theresa thomas tiffany tim
    timothy tina todd tom tommy toni tony tracy travis trevor tyler valerie vanessa vera
    veronica vicki vicky victor victoria vijay vincent viola violet virginia vivian walter wanda
    warren wayne wendy wesley wilfred william willie xavier yasmin yolanda yvonne zach zachary zoe
    dean denis diaz farrell finch ford fowler fox gardner gill hughes hunt kaur khan lane lowe
    mills newton nolan owens palmer parker parsons perkins quinn rhodes shah simmons simpson sutton
    turner vaughan wade walsh west wood woods
    adams akhtar alvarez anderson bailey baker barnes bennett brooks brown butler campbell carter
    castillo chavez chen clark cole coleman collins cooper cox cruz davis diaz edwards evans
    fernandez fisher flores foster garcia gibson gomez gonzales gonzalez gonzalo graham griffin
    gupta gutierrez hall hamilton harris hayes henderson hernandez hughes jenkins
    johnson jones kelley khan kimura lopez marshall martinez mcdonald mendoza miller mitchell
    moore morales morris murphy murray myers nguyen ortiz patel patterson perez peterson
    phillips powell price ramirez ramos reed reyes reynolds richardson rivera roberts robinson
    rodriguez rogers romero ross ruiz sanchez sanders sharma silva singh smith stevens stewart
    sullivan tanaka thompson torres tran turner vargas vasquez walker wallace ward watson
    white williams wilson wong wright yamamoto young zhang
    """.split()  # noqa: SIM905
)

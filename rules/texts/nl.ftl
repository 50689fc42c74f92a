<<<<<<< HEAD
# De Nederlandse woorden van alle rapporten. en.ftl heeft dezelfde berichten, attributen en plaatshouders; een
# test vergelijkt ze. Wat een bericht krijgt, staat boven in en.ftl.
#
# Vaktermen volgen de Nederlandse documentatie van Microsoft: licenties op groepsbasis, beveiligingsgroep,
# gebruikslocatie, respijtperiode. Namen van machtigingen, producten, serviceplannen en Graph-eigenschappen
# blijven zoals ze zijn.

### Woorden die terugkomen

-licenses-page = Microsoft 365-beheercentrum, Facturering > Licenties
-products-page = Microsoft 365-beheercentrum, Facturering > Uw producten
-users-page = Microsoft 365-beheercentrum, Gebruikers > Actieve gebruikers
-entra-center = Microsoft Entra-beheercentrum

n-violations = { $violations ->
    [one] { $violations } overtreding
   *[other] { $violations } overtredingen
}
n-people = { $people ->
    [one] { $people } persoon
   *[other] { $people } personen
}
n-groups = { $groups ->
    [one] { $groups } groep
   *[other] { $groups } groepen
}
n-products = { $products ->
    [one] { $products } product
   *[other] { $products } producten
}
n-gaps = { $gaps ->
    [one] { $gaps } hiaat in wat gelezen is
   *[other] { $gaps } hiaten in wat gelezen is
}
n-waived = { $waived ->
    [one] { $waived } overtreding met ontheffing
   *[other] { $waived } overtredingen met ontheffing
}
looked-at-groups = { $examined-groups ->
    [one] { $examined-groups } groep
   *[other] { $examined-groups } groepen
}
looked-at-people = { $examined-users ->
    [one] { $examined-users } persoon
   *[other] { $examined-users } personen
}
looked-at-products = { $examined-skus ->
    [one] { $examined-skus } product
   *[other] { $examined-skus } producten
}
unknown-why = de scan noemt geen reden
unknown-date = datum onbekend

### Criteria

criterion-groups-configured = De juiste groepen wijzen de vereiste producten toe
criterion-no-b2b-groups-licensed = Geen groep met licenties bevat B2B-accounts
criterion-enough-seats = Er zijn genoeg licenties voor alle groepsleden
criterion-members-fully-licensed = Elk groepslid heeft de licenties, via de groep

groups-configured-fail = { $groups ->
    [0] Automatische licenties zijn niet ingesteld zoals vereist: { n-violations }.
   *[other] { n-groups } niet gevonden of niet ingesteld zoals vereist: { n-violations }.
}
groups-configured-inconclusive = Of de groepen zijn ingesteld zoals vereist, is niet te zeggen: { n-gaps }.
groups-configured-waived = Niet alles is ingesteld zoals vereist, en dat is geaccepteerd: { n-waived }.
groups-configured-pass = { $examined-groups ->
    [0] Er is niets meer te beoordelen, en dus is er niets mis.
   *[other] De groepen zijn ingesteld zoals vereist; { looked-at-groups } beoordeeld.
}
groups-configured-not-applicable = Er is geen groep te beoordelen.

no-b2b-groups-licensed-fail = { $people ->
    [one] { $people } extern account is lid van groepen met licenties ({ n-groups }).
   *[other] { $people } externe accounts zijn lid van groepen met licenties ({ n-groups }).
}
no-b2b-groups-licensed-inconclusive = Of een groep met licenties externe leden heeft, is niet te zeggen: { n-gaps }.
no-b2b-groups-licensed-waived = Externe leden van groepen met licenties zijn geaccepteerd: { n-waived }.
no-b2b-groups-licensed-pass = Geen van de leden is extern; { looked-at-groups } met { looked-at-people } bekeken.
no-b2b-groups-licensed-not-applicable = Geen van de beoordeelde groepen heeft licenties.

enough-seats-fail = { $products ->
    [one] De licenties van { $products } product zijn niet toereikend of niet bruikbaar: { n-violations }.
   *[other] De licenties van { $products } producten zijn niet toereikend of niet bruikbaar: { n-violations }.
}
enough-seats-inconclusive = Of er genoeg licenties zijn, is niet te zeggen: { n-gaps }.
enough-seats-waived = Het licentietekort is geaccepteerd: { n-waived }.
enough-seats-pass = Er is een licentie voor iedereen: { looked-at-products } en { looked-at-people } bekeken.
enough-seats-not-applicable = Geen van de beoordeelde groepen wijst een product aan gebruikers toe.

members-fully-licensed-fail = { $people ->
    [0] Groepsleden komen licenties tekort: { n-violations } in { n-groups }.
    [one] { $people } persoon mist een licentie, heeft die niet via de groep, of heeft er na vertrek een gehouden: { n-violations } in { n-groups }.
   *[other] { $people } personen missen een licentie, hebben die niet via de groep, of hebben er na vertrek een gehouden: { n-violations } in { n-groups }.
}
members-fully-licensed-inconclusive = Of elk groepslid de licenties heeft, is niet te zeggen: { n-gaps }.
members-fully-licensed-waived = Wat er mis is met de licenties van groepsleden, is geaccepteerd: { n-waived }.
members-fully-licensed-pass = Elk groepslid heeft elke licentie via de groep: { looked-at-people } in { looked-at-groups }.
members-fully-licensed-not-applicable = Geen van de beoordeelde groepen heeft leden.

overall-fail = { $failed ->
    [one] Aan { $failed } van { $criteria } criteria is niet voldaan.
   *[other] Aan { $failed } van { $criteria } criteria is niet voldaan.
}
overall-inconclusive = { $inconclusive ->
    [one] { $inconclusive } van { $criteria } criteria is niet beoordeeld, omdat iets wat de doorslag geeft niet gelezen kon worden. Dat telt niet als voldaan.
   *[other] { $inconclusive } van { $criteria } criteria zijn niet beoordeeld, omdat iets wat de doorslag geeft niet gelezen kon worden. Dat telt niet als voldaan.
}
overall-pass = { $passed ->
    [one] Er is op volledige gegevens { $passed } van { $criteria } criteria beoordeeld, en eraan is voldaan.
   *[other] Er zijn op volledige gegevens { $passed } van { $criteria } criteria beoordeeld, en eraan is voldaan.
}
overall-also-inconclusive = { $inconclusive ->
    [one] Daarnaast kon { $inconclusive } criterium niet worden beoordeeld.
   *[other] Daarnaast konden { $inconclusive } criteria niet worden beoordeeld.
}
overall-also-waived = { $waived ->
    [one] Aan { $waived } ervan is alleen met ontheffing voldaan.
   *[other] Aan { $waived } ervan is alleen met ontheffing voldaan.
}
level-optional = Microsoft noemt dit afsluitcriterium optioneel. Waar er niet aan is voldaan, moeten licenties met de hand worden toegewezen en ingetrokken.
level-required = Dit afsluitcriterium is vereist.

verdict-fail = niet voldaan
verdict-inconclusive = niet beoordeeld
verdict-waived = met ontheffing
verdict-pass = voldaan
verdict-not-applicable = niet van toepassing
severity-violation = overtreding
severity-advisory = aandachtspunt
severity-gap = hiaat

### groups-configured

target-not-found = Er is geen groep die past bij ‘{ $group }’; ook de prullenbak is doorzocht.
    .remedy = Controleer de spelling in tollgate.toml of gebruik de object-id. Haal de groep eruit als ze niet meer gepland is; als ze nooit is gemaakt, maak haar dan en wijs de licenties toe ({ -licenses-page }).
target-not-found-bin-unread = Er is geen groep die past bij ‘{ $group }’; de prullenbak kon niet worden doorzocht.
    .remedy = Controleer de spelling in tollgate.toml of gebruik de object-id. Om te zien of de groep is verwijderd: verleen de toepassing Group.Read.All (of Directory.Read.All) en voer de audit opnieuw uit.
target-deleted = { $group } ligt in de prullenbak sinds { $since }; een verwijderde groep wijst niemand een licentie toe.
    .remedy = Herstel de groep binnen 30 dagen na het verwijderen ({ -entra-center }, Groepen > Verwijderde groepen) en controleer dan haar licenties en leden. Was het verwijderen de bedoeling, haal de groep dan uit tollgate.toml.
group-type-not-eligible = { $group } is geen beveiligingsgroep (securityEnabled is false), dus haar leden kunnen er geen licenties door krijgen.
    .remedy = Maak een beveiligingsgroep met dezelfde leden, wijs de licenties daaraan toe ({ -licenses-page }) en noem die groep in tollgate.toml.
group-type-not-eligible-devices = { $group } verzamelt door haar lidmaatschapsregel apparaten, en apparaten krijgen geen licenties.
    .remedy = Maak een beveiligingsgroep met een overeenkomstige regel over gebruikers, wijs de licenties daaraan toe ({ -licenses-page }) en noem die groep in tollgate.toml.
no-license-assigned = { $group } is aangewezen voor automatische licenties en heeft er geen enkele; vereist: { $requirements }.
    .remedy = Een licentiebeheerder opent Licenties ({ -licenses-page }), kiest het product en voegt de groep toe op het tabblad Groepen.
missing-product-group = { $group } wijst { $requirement } niet toe, en geen andere groep met licenties vult dat voor elk lid aan; wat ontbreekt: { $missing }.
    .remedy = Een licentiebeheerder wijst het ontbrekende product, of een bundel die het bevat, aan de groep toe ({ -licenses-page }). Hoeft de groep het niet toe te wijzen, verbeter dan `require` in tollgate.toml.
missing-product-group-sku = { $group } wijst { $requirement } niet toe, en geen andere groep met licenties vult dat voor elk lid aan.
    .remedy = Een licentiebeheerder wijst { $requirement } aan de groep toe ({ -licenses-page }). Hoeft de groep het niet toe te wijzen, verbeter dan `require` in tollgate.toml.
required-plan-disabled-group = { $group } heeft een product dat { $requirement } bevat, maar serviceplannen ervan zijn uitgeschakeld; wat ontbreekt: { $missing }.
    .remedy = Een licentiebeheerder opent Licenties ({ -licenses-page }), kiest het product en de groep, en schakelt de genoemde apps en services in. Zijn ze met opzet uitgeschakeld, beperk dan `require` of voeg een ontheffing toe.
no-group-configured = Geen van de beoordeelde groepen heeft licenties: elke licentie wordt met de hand toegewezen en ingetrokken.
    .remedy = Bepaal welke beveiligingsgroepen geschikt zijn, noem ze als doel in tollgate.toml, en laat een licentiebeheerder er de producten aan toewijzen ({ -licenses-page }).
no-group-grants-both-suites = { $groups ->
    [one] De enige groep met licenties wijst niet zowel Office 365 als EMS toe, of is van een soort die geen licenties kan doorgeven.
   *[other] Geen van de { $groups } groepen met licenties is van een geschikte soort en wijst zowel Office 365 als EMS toe.
}
    .remedy = Een licentiebeheerder wijst de ontbrekende suite, of Microsoft 365 E3 of E5 dat beide bevat, toe aan een groep ({ -licenses-page }). Noem die groep daarna als doel in tollgate.toml.
product-from-another-group = { $members ->
    [one] { $group } wijst { $requirement } niet toe, maar haar enige lid krijgt het van een andere groep met licenties.
   *[other] { $group } wijst { $requirement } niet toe, maar alle { $members } leden krijgen het van andere groepen met licenties.
}
    .remedy = Wijs { $requirement } ook aan deze groep toe ({ -licenses-page }): dat kost geen extra licenties, en het volgende lid zit misschien niet in de andere groepen.
license-processing-not-complete = Microsoft is nog bezig met de licenties van { $group } (verwerkingsstatus { $state }).
    .remedy = Wacht en voer de audit opnieuw uit. Duurt het langer dan een dag, open dan een ondersteuningsaanvraag.
membership-rule-paused = De lidmaatschapsregel van { $group } is onderbroken: niemand komt er door de regel bij of gaat eruit, en de licenties volgen dus niet.
    .remedy = Een groepsbeheerder hervat de regel ({ -entra-center }, Groepen, de regels voor dynamisch lidmaatschap van de groep).
unplanned-licensed-group = { $group } heeft licenties, maar tollgate.toml noemt haar niet als doel.
    .remedy = Voeg haar toe als doel, laat haar weg onder [scope], of verwijder haar licenties ({ -licenses-page }).
not-a-plain-security-group-m365 = { $group } is een Microsoft 365-groep; het criterium spreekt van beveiligingsgroepen.
    .remedy = Ga na wie haar leden mag wijzigen: de eigenaren kunnen zo licenties uitdelen. Overweeg een gewone beveiligingsgroep voor licenties.
not-a-plain-security-group-mail = { $group } is een beveiligingsgroep met e-mail; het criterium spreekt van gewone beveiligingsgroepen.
    .remedy = Ga na wie haar leden mag wijzigen. Overweeg een gewone beveiligingsgroep voor licenties.
empty-licensed-group = { $others ->
    [0] { $group } heeft licenties en geen lid dat een gebruiker is.
    [one] { $group } heeft licenties en geen lid dat een gebruiker is, wel { $others } van een andere soort, die geen licentie krijgt.
   *[other] { $group } heeft licenties en geen lid dat een gebruiker is, wel { $others } van een andere soort, die geen licentie krijgen.
}
    .remedy = Maak de gebruikers rechtstreeks lid, verbeter de lidmaatschapsregel, of verwijder de licenties van de groep ({ -licenses-page }).
no-plan-given = De configuratie noemt geen doel, dus gelden de groepen met licenties als het plan.
    .remedy = Noem de groepen die voor automatische licenties zijn aangewezen als [[target]] in tollgate.toml; `tollgate init` schrijft een eerste versie.
all-targets-excluded = De configuratie sluit elk doel dat ze noemt ook weer uit, dus blijft er geen doel te beoordelen.
    .remedy = Haal de uitsluiting of de doelen uit tollgate.toml.

### no-b2b-groups-licensed

guest-in-licensed-group = De gastgebruiker { $user } van een andere organisatie is lid van { $group }, een groep met licenties.
    .remedy = Verwijder het account uit de groep, of verbeter de lidmaatschapsregel. Moeten externe mensen licenties hebben, geef ze dan een eigen groep en sluit die uit, of voeg een ontheffing met de reden toe.
guest-in-licensed-group-member = { $user } is een extern account, al is het gebruikerstype niet Guest, en lid van { $group }, een groep met licenties.
    .remedy = Verwijder het account uit de groep, of verbeter de lidmaatschapsregel; een toets op user.userType houdt zulke accounts niet tegen. Moeten externe mensen licenties hebben, geef ze dan een eigen groep en sluit die uit, of voeg een ontheffing met de reden toe.
internal-guest = { $user } in { $group }, een groep met licenties, heeft gebruikerstype Guest maar geen teken van een uitnodiging: een account van uw eigen tenant.
    .remedy = Ga na wie het account gebruikt. Nodig die persoon alsnog uit, maak het account tot lid, of verwijder het uit de groep ({ -entra-center }, Gebruikers).
guest-in-target-group = Het externe account { $user } is lid van { $group }, die licenties moet krijgen en nog niet heeft.
    .remedy = Verwijder het account uit de groep voordat er licenties aan worden toegewezen.
guest-in-nested-group = Het externe account { $user } is lid van { $through }, een geneste groep in { $group }, die licenties heeft.
    .remedy = Zo krijgt het geen licentie. Laat het weg als u de leden van { $through } rechtstreeks lid maakt, of haal de geneste groep eruit.
dynamic-rule-admits-guests = De lidmaatschapsregel van { $group } toetst user.userType niet en laat dus ook gasten toe die verder aan de regel voldoen.
    .remedy = Voeg -and (user.userType -eq "Member") toe aan de regel. Externe accounts van type Member houdt dat niet tegen: zijn die er, toets dan nog een kenmerk dat ze onderscheidt.
=======
# The English words of all reports. nl.ftl has the same messages, attributes and placeholders; a test compares.
#
# A message of a finding or gap is its reason, in a sentence; its attribute `remedy` says what to do next.
# Besides the message's own values each has, where the finding names one:
#   $group  display name, else id        $user  user principal name, else display name, else id
#   $sku    name in Microsoft's product table, else part number, else id
# and $criterion, the name of the criterion as configurations write it. Numbers come with their separators.
# Names of permissions, products, service plans and Graph properties are the same in all languages.

### Words that repeat

-licenses-page = Microsoft 365 admin center, Billing > Licenses
-products-page = Microsoft 365 admin center, Billing > Your products
-users-page = Microsoft 365 admin center, Users > Active users
-entra-center = Microsoft Entra admin center

n-violations = { $violations ->
    [one] { $violations } violation
   *[other] { $violations } violations
}
n-people = { $people ->
    [one] { $people } person
   *[other] { $people } people
}
n-groups = { $groups ->
    [one] { $groups } group
   *[other] { $groups } groups
}
n-products = { $products ->
    [one] { $products } product
   *[other] { $products } products
}
n-gaps = { $gaps ->
    [one] { $gaps } gap in what was read
   *[other] { $gaps } gaps in what was read
}
n-waived = { $waived ->
    [one] { $waived } waived violation
   *[other] { $waived } waived violations
}
looked-at-groups = { $examined-groups ->
    [one] { $examined-groups } group
   *[other] { $examined-groups } groups
}
looked-at-people = { $examined-users ->
    [one] { $examined-users } person
   *[other] { $examined-users } people
}
looked-at-products = { $examined-skus ->
    [one] { $examined-skus } product
   *[other] { $examined-skus } products
}
unknown-why = the scan did not say why
unknown-date = date unknown

### Criteria

criterion-groups-configured = The right groups hand out the required products
criterion-no-b2b-groups-licensed = No licensed group contains B2B accounts
criterion-enough-seats = There are enough seats for every member
criterion-members-fully-licensed = Every member has the licenses, through the group

groups-configured-fail = { $groups ->
    [0] Automatic licensing is not set up as required: { n-violations }.
   *[other] { n-groups } not found or not set up as required: { n-violations }.
}
groups-configured-inconclusive = Whether the groups are set up as required cannot be told: { n-gaps }.
groups-configured-waived = Not everything is set up as required, and all of it is accepted: { n-waived }.
groups-configured-pass = { $examined-groups ->
    [0] Nothing is left to judge, and so nothing is wrong.
   *[other] The groups are set up as required; { looked-at-groups } in scope.
}
groups-configured-not-applicable = There is no group to judge.

no-b2b-groups-licensed-fail = { $people ->
    [one] { $people } external account is a member of licensed groups ({ n-groups }).
   *[other] { $people } external accounts are members of licensed groups ({ n-groups }).
}
no-b2b-groups-licensed-inconclusive = Whether a licensed group has external members cannot be told: { n-gaps }.
no-b2b-groups-licensed-waived = External members of licensed groups are accepted: { n-waived }.
no-b2b-groups-licensed-pass = None of the members is external; { looked-at-groups } with { looked-at-people } looked at.
no-b2b-groups-licensed-not-applicable = No group in scope carries a license.

enough-seats-fail = { $products ->
    [one] The seats of { $products } product do not suffice or cannot be used: { n-violations }.
   *[other] The seats of { $products } products do not suffice or cannot be used: { n-violations }.
}
enough-seats-inconclusive = Whether the seats suffice cannot be told: { n-gaps }.
enough-seats-waived = The shortage of seats is accepted: { n-waived }.
enough-seats-pass = There is a seat for everybody: { looked-at-products } and { looked-at-people } looked at.
enough-seats-not-applicable = No group in scope assigns a product to users.

members-fully-licensed-fail = { $people ->
    [0] Members go without: { n-violations } in { n-groups }.
    [one] { $people } person lacks a license, does not have it through the group, or has kept one after leaving: { n-violations } in { n-groups }.
   *[other] { $people } people lack a license, do not have it through the group, or have kept one after leaving: { n-violations } in { n-groups }.
}
members-fully-licensed-inconclusive = Whether every member is licensed cannot be told: { n-gaps }.
members-fully-licensed-waived = What is wrong with the licenses of members is accepted: { n-waived }.
members-fully-licensed-pass = Every member has every license through the group: { looked-at-people } in { looked-at-groups }.
members-fully-licensed-not-applicable = No group in scope has a member.

overall-fail = { $failed ->
    [one] { $failed } of { $criteria } criteria is not met.
   *[other] { $failed } of { $criteria } criteria are not met.
}
overall-inconclusive = { $inconclusive ->
    [one] { $inconclusive } of { $criteria } criteria could not be judged, because something that decides was not read. That is not a pass.
   *[other] { $inconclusive } of { $criteria } criteria could not be judged, because something that decides was not read. That is not a pass.
}
overall-pass = { $passed ->
    [one] { $passed } of { $criteria } criteria was judged and is met, on complete data.
   *[other] { $passed } of { $criteria } criteria were judged and are met, on complete data.
}
overall-also-inconclusive = { $inconclusive ->
    [one] { $inconclusive } more could not be judged.
   *[other] { $inconclusive } more could not be judged.
}
overall-also-waived = { $waived ->
    [one] { $waived } is met by waivers only.
   *[other] { $waived } are met by waivers only.
}
level-optional = Microsoft calls this exit criterion optional. Where it is not met, licenses have to be given and taken away by hand.
level-required = This exit criterion is required.

verdict-fail = not met
verdict-inconclusive = inconclusive
verdict-waived = waived
verdict-pass = met
verdict-not-applicable = not applicable
severity-violation = violation
severity-advisory = advisory
severity-gap = gap

### groups-configured

target-not-found = No group of the tenant fits “{ $group }”; the recycle bin was searched too.
    .remedy = Check the spelling in tollgate.toml or use the object id. If the group is no longer planned, take it out; if it was never made, create it and assign the licenses ({ -licenses-page }).
target-not-found-bin-unread = No group of the tenant fits “{ $group }”; the recycle bin could not be searched.
    .remedy = Check the spelling in tollgate.toml or use the object id. To see whether the group was deleted, grant Group.Read.All (or Directory.Read.All) to the application and run the audit again.
target-deleted = { $group } is in the recycle bin since { $since }; a deleted group licenses nobody.
    .remedy = Restore the group within 30 days of its deletion ({ -entra-center }, Groups > Deleted groups), then check its licenses and members. If the deletion was meant, take the group out of tollgate.toml.
group-type-not-eligible = { $group } is no security group (securityEnabled is false), so its members cannot be licensed through it.
    .remedy = Create a security group with the same members, assign the licenses to it ({ -licenses-page }), and name it in tollgate.toml instead.
group-type-not-eligible-devices = { $group } collects devices by its membership rule, and devices are not licensed.
    .remedy = Create a security group with an equivalent rule about users, assign the licenses to it ({ -licenses-page }), and name it in tollgate.toml instead.
no-license-assigned = { $group } was named for automatic licensing and carries no license; required: { $requirements }.
    .remedy = A License Administrator opens { -licenses-page }, chooses the product, and adds the group on the Groups tab.
missing-product-group = { $group } does not hand out { $requirement }, and no other licensed group makes up for it for every member; missing: { $missing }.
    .remedy = A License Administrator assigns the missing product, or a bundle that contains it, to the group ({ -licenses-page }). If the group is not meant to hand it out, correct `require` in tollgate.toml.
missing-product-group-sku = { $group } does not hand out { $requirement }, and no other licensed group makes up for it for every member.
    .remedy = A License Administrator assigns { $requirement } to the group ({ -licenses-page }). If the group is not meant to hand it out, correct `require` in tollgate.toml.
required-plan-disabled-group = { $group } carries a product that contains { $requirement }, but service plans of it are switched off; missing: { $missing }.
    .remedy = A License Administrator opens { -licenses-page }, chooses the product and the group, and switches the named apps and services on. Where they are off on purpose, narrow `require` or add a waiver.
no-group-configured = No group in scope carries a license: every license is given and taken away by hand.
    .remedy = Decide which security groups are suitable, name them as targets in tollgate.toml, and let a License Administrator assign the products to them ({ -licenses-page }).
no-group-grants-both-suites = { $groups ->
    [one] The only licensed group does not hand out both Office 365 and EMS, or is of a kind that cannot be licensed.
   *[other] None of the { $groups } licensed groups is of a kind that can be licensed and hands out both Office 365 and EMS.
}
    .remedy = A License Administrator assigns the missing suite, or Microsoft 365 E3 or E5 which holds both, to a group ({ -licenses-page }). Then name the group as a target in tollgate.toml.
product-from-another-group = { $members ->
    [one] { $group } does not hand out { $requirement }, but its only member gets it from another licensed group.
   *[other] { $group } does not hand out { $requirement }, but all { $members } members get it from other licensed groups.
}
    .remedy = Assign { $requirement } to this group as well ({ -licenses-page }): it costs no further seats, and the next member may not be in the other groups.
license-processing-not-complete = Microsoft is still working on the licenses of { $group } (processing state { $state }).
    .remedy = Wait and run the audit again. Open a support case if it takes more than a day.
membership-rule-paused = The membership rule of { $group } is paused: nobody joins or leaves it by the rule, and no license follows.
    .remedy = A Groups Administrator resumes the rule ({ -entra-center }, Groups, the group's dynamic membership rules).
unplanned-licensed-group = { $group } carries licenses, but tollgate.toml does not name it as a target.
    .remedy = Add it as a target, leave it out under [scope], or remove its licenses ({ -licenses-page }).
not-a-plain-security-group-m365 = { $group } is a Microsoft 365 group; the criterion speaks of security groups.
    .remedy = Check who may change its members: its owners may hand out licenses that way. Consider a plain security group for licensing.
not-a-plain-security-group-mail = { $group } is a mail-enabled security group; the criterion speaks of plain security groups.
    .remedy = Check who may change its members. Consider a plain security group for licensing.
empty-licensed-group = { $others ->
    [0] { $group } carries licenses and has no member that is a user.
    [one] { $group } carries licenses and has no member that is a user, but { $others } of another kind, which is not licensed.
   *[other] { $group } carries licenses and has no member that is a user, but { $others } of other kinds, which are not licensed.
}
    .remedy = Add the users as direct members, correct the membership rule, or remove the licenses from the group ({ -licenses-page }).
no-plan-given = The configuration names no target, so the licensed groups of the tenant stand in for the plan.
    .remedy = List the groups that were identified for automatic licensing as [[target]] in tollgate.toml; `tollgate init` writes a first version.
all-targets-excluded = Every target of the configuration is also excluded by it, so no target is left to judge.
    .remedy = Take the exclusion or the targets out of tollgate.toml.

### no-b2b-groups-licensed

guest-in-licensed-group = The guest { $user } from another organization is a member of the licensed group { $group }.
    .remedy = Remove the account from the group, or correct the group's membership rule. Where external people must be licensed, give them a group of their own and exclude it or add a waiver with the reason.
guest-in-licensed-group-member = { $user } is an external account, though not of user type Guest, and a member of the licensed group { $group }.
    .remedy = Remove the account from the group, or correct the group's membership rule; a test of user.userType does not keep such accounts out. Where external people must be licensed, give them a group of their own and exclude it or add a waiver with the reason.
internal-guest = { $user } in the licensed group { $group } has the user type Guest but no sign of an invitation: an account of your own tenant.
    .remedy = Find out who uses the account. Invite the person properly, convert the account to a member, or remove it from the group ({ -entra-center }, Users).
guest-in-target-group = The external account { $user } is a member of { $group }, which is to be licensed and is not yet.
    .remedy = Remove the account from the group before licenses are assigned to it.
guest-in-nested-group = The external account { $user } is a member of { $through }, which is nested in the licensed group { $group }.
    .remedy = It gets no license that way. Leave it out when you make the members of { $through } direct members, or take the nested group out.
dynamic-rule-admits-guests = The membership rule of { $group } does not test user.userType, so it also admits guests who fit the rest of it.
    .remedy = Add -and (user.userType -eq "Member") to the rule. External accounts of type Member are not kept out by it: where there are any, test a further attribute that tells them apart.
>>>>>>> main

### enough-seats

seats-exhausted = { $waiting ->
<<<<<<< HEAD
    [one] { $waiting } van { $demand } personen die { $sku } nodig hebben, heeft geen licentie: { $enabled } ingeschakeld + { $warning } in respijtperiode − { $consumed } in gebruik = { $free } vrij, { $waiting } wachtend.
   *[other] { $waiting } van { $demand } personen die { $sku } nodig hebben, hebben geen licentie: { $enabled } ingeschakeld + { $warning } in respijtperiode − { $consumed } in gebruik = { $free } vrij, { $waiting } wachtend.
}
    .remedy = Koop licenties bij ({ -products-page }), of neem het product af van mensen die het niet nodig hebben ({ -licenses-page }). Ga dan na of de wachtende leden het krijgen, en laat hun licenties zo nodig opnieuw verwerken.
demand-exceeds-seats = { $demand ->
    [one] { $demand } persoon moet { $sku } hebben, en er zijn { $capacity } licenties: { $enabled } ingeschakeld + { $warning } in respijtperiode.
   *[other] { $demand } personen moeten { $sku } hebben, en er zijn { $capacity } licenties: { $enabled } ingeschakeld + { $warning } in respijtperiode.
}
    .remedy = Koop licenties bij ({ -products-page }), of haal mensen die het product niet nodig hebben uit de groepen.
over-consumed = Er zijn { $consumed } licenties voor { $sku } in gebruik en er zijn er { $capacity }: { $enabled } ingeschakeld + { $warning } in respijtperiode; { $free } vrij.
    .remedy = Koop de ontbrekende licenties ({ -products-page }), of neem het product af van mensen die het niet nodig hebben ({ -licenses-page }).
subscription-suspended-status = Geen licentie voor { $sku } is bruikbaar: het abonnement heeft de status { $status }. { $demand ->
    [one] { $demand } persoon heeft het nodig.
   *[other] { $demand } personen hebben het nodig.
}
    .remedy = Een factureringsbeheerder activeert of vervangt het abonnement ({ -products-page }), of de groepen krijgen een ander product ({ -licenses-page }).
subscription-suspended-empty = { $sku } heeft geen bruikbare licentie: { $enabled } ingeschakeld + { $warning } in respijtperiode, { $suspended } uitgeschakeld. { $demand ->
    [one] { $demand } persoon heeft het nodig.
   *[other] { $demand } personen hebben het nodig.
}
    .remedy = Een factureringsbeheerder activeert of vervangt het abonnement ({ -products-page }), of de groepen krijgen een ander product ({ -licenses-page }).
sku-not-owned = { $demand ->
    [0] Groepen wijzen { $sku } toe, dat de tenant niet heeft.
    [one] Groepen wijzen { $sku } toe, dat de tenant niet heeft; { $demand } persoon moet het krijgen.
   *[other] Groepen wijzen { $sku } toe, dat de tenant niet heeft; { $demand } personen moeten het krijgen.
}
    .remedy = Koop het product ({ -products-page }), of verwijder het van de groepen ({ -licenses-page }).
count-violation-stale = { $user } kreeg { $sku } niet van { $group } wegens een licentietekort (CountViolation), en nu zijn er genoeg: { $capacity } licenties − { $consumed } in gebruik = { $free } vrij, { $waiting } wachtend.
    .remedy = Laat de licenties van de gebruiker opnieuw verwerken: { -licenses-page }, het product, de groep; of Invoke-MgLicenseUser in PowerShell.
seats-in-grace = { $sku } is alleen toereikend met { $warning } licenties in hun respijtperiode, die eindigt: { $date }. Er zijn { $enabled } ingeschakelde licenties, { $demand } personen hebben er een nodig, { $waiting } van hen wachtend.
    .remedy = Een factureringsbeheerder verlengt het abonnement voor die datum ({ -products-page }); of beperk het aantal mensen dat het nodig heeft.
low-headroom = { $free ->
    [one] Nog maar { $free } licentie voor { $sku } is vrij, en { $headroom } moeten in reserve blijven: { $capacity } − { $consumed } in gebruik = { $free }.
   *[other] Nog maar { $free } licenties voor { $sku } zijn vrij, en { $headroom } moeten in reserve blijven: { $capacity } − { $consumed } in gebruik = { $free }.
}
    .remedy = Koop op tijd licenties bij ({ -products-page }), of wijzig `headroom` in tollgate.toml.
no-seat-left = Elke licentie voor { $sku } is in gebruik: { $capacity } − { $consumed } in gebruik = 0 vrij, { $waiting } wachtend.
    .remedy = Koop licenties bij ({ -products-page }), of neem het product af van mensen die het niet nodig hebben ({ -licenses-page }).
subscription-lapses = { $subscriptions ->
    [one] Een abonnement op { $sku } met { $seats } licenties bereikt zijn volgende datum op { $date }.
   *[other] { $subscriptions } abonnementen op { $sku } met { $seats } licenties bereiken hun volgende datum, het eerste op { $date }.
}
    .remedy = Een factureringsbeheerder gaat na of het wordt verlengd, of waardoor het wordt vervangen ({ -products-page }).
unused-seats = { $free } van { $capacity } licenties voor { $sku } zijn vrij: { $capacity } − { $consumed } in gebruik = { $free }.
    .remedy = Neem bij de volgende verlenging minder licenties af ({ -products-page }), tenzij er binnenkort mensen bij komen.

### members-fully-licensed

assignment-error-count = { $user } kreeg { $sku } niet van { $group }: er was geen licentie vrij ({ $error }, status { $state }).
    .remedy = Koop licenties bij ({ -products-page }) of maak er vrij ({ -licenses-page }), en laat de gebruiker daar opnieuw verwerken.
assignment-error-exclusive = { $user } kreeg { $sku } niet van { $group }: een serviceplan ervan botst met een dat de gebruiker al heeft ({ $error }, status { $state }).
    .remedy = Schakel een van de botsende apps en services uit op de groep, of neem het andere product van de gebruiker af ({ -licenses-page }); laat de gebruiker daar dan opnieuw verwerken.
assignment-error-dependency = { $user } kreeg { $sku } niet van { $group }: een serviceplan hangt af van een ander dat ontbreekt, of een ander product van de gebruiker hangt van dit product af ({ $error }, status { $state }).
    .remedy = Zorg voor het serviceplan dat nodig is, of schakel het afhankelijke uit ({ -licenses-page }); laat de gebruiker daar dan opnieuw verwerken.
assignment-error-location = { $user } kreeg { $sku } niet van { $group }: een service ervan wordt niet aangeboden op de gebruikslocatie van de gebruiker ({ $error }, status { $state }).
    .remedy = Verbeter de gebruikslocatie van de gebruiker ({ -users-page }), of haal de gebruiker uit de groep; laat de gebruiker dan opnieuw verwerken ({ -licenses-page }).
assignment-error-uniqueness = { $user } kreeg { $sku } niet van { $group }: een adres van de gebruiker is elders in gebruik ({ $error }, status { $state }).
    .remedy = Zoek het dubbele proxyadres in Exchange Online en verwijder een van de twee; laat de gebruiker dan opnieuw verwerken ({ -licenses-page }).
assignment-error-none = { $user } kreeg { $sku } niet van { $group }: de status is { $state }, en de service noemt geen fout.
    .remedy = Laat de gebruiker opnieuw verwerken ({ -licenses-page }, het product, de groep). Helpt dat niet binnen een dag, open dan een ondersteuningsaanvraag.
assignment-error-other = { $user } kreeg { $sku } niet van { $group }: de service noemt alleen { $error } (status { $state }), wat meestal betekent dat een andere licentie van de groep is mislukt.
    .remedy = Verhelp eerst wat er mis is met de andere licenties van dezelfde groep, en laat de gebruiker dan opnieuw verwerken ({ -licenses-page }). Het auditlogboek van Microsoft Entra, activiteit ‘Change user license’, zegt misschien meer.
assignment-error = { $user } kreeg { $sku } niet van { $group }: de service meldt { $error } (status { $state }).
    .remedy = Verhelp wat de fout noemt, en laat de gebruiker dan opnieuw verwerken ({ -licenses-page }, het product, de groep).
assignment-active-with-error = { $user } heeft { $sku } van { $group } met een probleem: de service meldt { $error } (status { $state }).
    .remedy = Verhelp wat de fout noemt, en laat de gebruiker dan opnieuw verwerken ({ -licenses-page }, het product, de groep).
assignment-disabled = { $user } heeft { $sku } niet van { $group }: de toewijzing is uitgeschakeld (status { $state }).
    .remedy = Controleer de staat van het abonnement ({ -products-page }), en laat de gebruiker dan opnieuw verwerken ({ -licenses-page }).
unrecognised-state = Of { $user } { $sku } van { $group } heeft, is niet te zeggen: dit programma kent de status { $state } niet.
    .remedy = Bekijk de gebruiker ({ -users-page }). Heeft de service een nieuwe status, zoek dan een nieuwere versie van dit programma.
not-licensed-without-error = { $user } is lid van { $group } en heeft er geen { $sku } van, en de service meldt geen fout.
    .remedy = Laat de gebruiker opnieuw verwerken ({ -licenses-page }, het product, de groep), of verwijder de gebruiker uit de groep en voeg die weer toe. Helpt dat niet binnen een dag, open dan een ondersteuningsaanvraag.
license-suspended = { $user } heeft { $sku } van { $group }, maar geen licentie ervan is bruikbaar: het abonnement heeft de status { $status }, of er is geen eenheid over.
    .remedy = Een factureringsbeheerder activeert of vervangt het abonnement ({ -products-page }), of de groep krijgt een ander product ({ -licenses-page }).
license-suspended-not-owned = { $user } heeft { $sku } van { $group }, maar de tenant heeft dat product niet.
    .remedy = Koop het product ({ -products-page }), of verwijder het van de groep ({ -licenses-page }).
missing-product-member = { $user }, lid van { $group }, heeft { $requirement } uit geen enkele bron; wat ontbreekt: { $missing }.
    .remedy = Een licentiebeheerder wijst het product, of een bundel die het bevat, aan de groep toe ({ -licenses-page }). Is er nog een bevinding over deze persoon, verhelp die dan eerst.
missing-product-member-sku = { $user }, lid van { $group }, heeft { $requirement } uit geen enkele bron.
    .remedy = Een licentiebeheerder wijst { $requirement } aan de groep toe ({ -licenses-page }). Is er nog een bevinding over deze persoon, verhelp die dan eerst.
required-plan-disabled-member = { $user }, lid van { $group }, heeft producten die { $requirement } bevatten, maar er zijn serviceplannen uitgeschakeld; wat ontbreekt: { $missing }.
    .remedy = Een licentiebeheerder opent Licenties ({ -licenses-page }), kiest het product en de groep, en schakelt de genoemde apps en services in. Zijn ze met opzet uitgeschakeld, beperk dan `require` of voeg een ontheffing toe.
member-through-nested-group = { $user } zit alleen via de geneste groep { $through } in { $group } en krijgt daarom geen { $sku }.
    .remedy = Maak de gebruiker rechtstreeks lid van { $group }, of wijs het product toe aan { $through } ({ -licenses-page }): licenties bereiken geneste groepen niet.
nested-group-members-not-licensed = { $members ->
    [one] { $members } rechtstreeks lid van { $group } mist licenties van { $outer }, omdat licenties geneste groepen niet bereiken.
   *[other] { $members } rechtstreekse leden van { $group } missen licenties van { $outer }, omdat licenties geneste groepen niet bereiken.
}
    .remedy = Wijs de licenties toe aan { $group } zelf ({ -licenses-page }), of vervang het nesten door een lidmaatschapsregel.
license-left-behind = { $user } is geen lid van { $group } en heeft er nog van: { $products }.
    .remedy = Laat de gebruiker opnieuw verwerken ({ -licenses-page }). Vaak hangt een ander product van de gebruiker van de licentie af; verhelp dat eerst.
license-left-behind-advisory = { $user } is geen lid van { $group }; wat er van haar licenties over is, is niet van kracht, of Microsoft is nog met de groep bezig: { $products }.
    .remedy = Voer de audit later opnieuw uit. Blijft het zo, laat de gebruiker dan opnieuw verwerken ({ -licenses-page }).
direct-and-inherited = { $user } heeft { $sku } van { $group } en ook rechtstreeks: het kost één licentie, maar die blijft als de gebruiker de groep verlaat.
    .remedy = Ga na of de rechtstreekse toewijzing niet meer apps en services inschakelt dan die van de groep, en verwijder haar dan ({ -users-page }).
direct-only = { $user } heeft { $sku } alleen rechtstreeks toegewezen gekregen, niet via { $group }.
    .remedy = Laat eerst de groep het product toewijzen en ga na of het aankomt; verwijder dan de rechtstreekse toewijzing ({ -users-page }).
direct-only-requirement = { $user }, lid van { $group }, heeft { $requirement } alleen dankzij rechtstreekse toewijzingen.
    .remedy = Laat eerst de groep het product toewijzen en ga na of het aankomt; verwijder dan de rechtstreekse toewijzing ({ -users-page }).
plans-differ-from-group = { $user } heeft { $sku } van { $group } met andere uitgeschakelde serviceplannen dan de groep zelf.
    .remedy = Laat de gebruiker opnieuw verwerken ({ -licenses-page }, het product, de groep).
orphan-assignment = { $user } heeft { $sku } van { $group }, een groep die niet meer bestaat of in de prullenbak ligt.
    .remedy = Herstel de groep ({ -entra-center }, Groepen > Verwijderde groepen), of laat de gebruiker opnieuw verwerken en kijk of de licentie verdwijnt ({ -licenses-page }). Zo niet, open dan een ondersteuningsaanvraag.
disabled-account-holds-seat = { $user } kan zich niet aanmelden en bezet een licentie van { $group }.
    .remedy = Verwijder het account uit de groep, tenzij het postvak of de bestanden voorlopig bewaard moeten blijven.
usage-location-missing = { $user }, met licenties van { $group }, heeft geen gebruikslocatie; de service neemt die van de tenant.
    .remedy = Een gebruikersbeheerder stelt haar in ({ -users-page }) en maakt haar tot vast onderdeel van het maken van accounts.

### Ontheffingen

waiver-expired = Een ontheffing voor { $criterion } gold tot en met { $expires } en dekt niets meer ({ $owner }: { $reason }).
    .remedy = Verhelp wat ze dekte, of spreek met { $owner } een nieuwe datum af en zet die in tollgate.toml.
waiver-unused = Een ontheffing voor { $criterion } dekt niets in deze audit ({ $owner }: { $reason }).
    .remedy = Haal haar uit tollgate.toml, of controleer de namen en codes erin als ze iets had moeten dekken.
waiver-covers-all = Een ontheffing voor { $criterion } is nergens toe beperkt en dekt dus ook wat nog niemand heeft bekeken ({ $owner }: { $reason }).
    .remedy = Beperk haar in tollgate.toml tot een code, groep, gebruiker of product.

### Hiaten

group-licenses-unreadable = Geen enkele groep toont licenties, en toch heeft { $example-user } er een van { $example-group }: de toepassing krijgt de licenties van groepen niet te zien.
    .remedy = Verleen de toepassing Group.Read.All (of Directory.Read.All, dat alles behalve verborgen lidmaatschap omvat) en voer de audit opnieuw uit.
group-licenses-unreadable-list = De lijst van groepen is niet tot het einde gelezen ({ $why }), dus kunnen er licenties van groepen ontbreken.
    .remedy = Verleen de toepassing bij een weigering GroupMember.Read.All of Group.Read.All (of Directory.Read.All). Voer de audit dan opnieuw uit.
group-kind-unknown = Of { $group } een beveiligingsgroep is, is niet te zeggen: haar securityEnabled kwam leeg terug.
    .remedy = Verleen de toepassing Group.Read.All (of Directory.Read.All) en voer de audit opnieuw uit.
membership-hidden = { $group } verbergt haar leden, en geen van hen kon worden gelezen.
    .remedy = Verleen de toepassing ook Member.Read.Hidden en voer de audit opnieuw uit.
members-incomplete = De leden van { $group } zijn niet tot het einde gelezen ({ $why }).
    .remedy = Verleen de toepassing bij een weigering GroupMember.Read.All of Group.Read.All (of Directory.Read.All). Voer de audit dan opnieuw uit.
nested-members-hidden = { $group }, een geneste groep in een groep met licenties, verbergt haar leden, dus is niet bekend wie er licenties mist.
    .remedy = Verleen de toepassing ook Member.Read.Hidden en voer de audit opnieuw uit.
members-not-in-snapshot = De leden van { $group } staan niet in de momentopname, die met een andere configuratie is gemaakt.
    .remedy = Maak een nieuwe momentopname met deze configuratie, of een met --members all.
membership-not-settled = Wie bij { $group } hoort, is nog niet bepaald: Microsoft is er nog mee bezig, en ze toont geen lid.
    .remedy = Voer de audit opnieuw uit als het lidmaatschap is bepaald.
limited-information = Van { $user }, lid van { $group }, kon niets dan de id worden gelezen.
    .remedy = Verleen de toepassing User.Read.All (of Directory.Read.All) en voer de audit opnieuw uit.
license-states-missing = De licenties van { $user }, lid van { $group }, konden niet worden gelezen: licenseAssignmentStates kwam leeg terug.
    .remedy = Verleen de toepassing User.Read.All (of Directory.Read.All; User.ReadBasic.All is niet genoeg) en voer de audit opnieuw uit.
users-incomplete = De lijst van gebruikers is niet tot het einde gelezen ({ $why }).
    .remedy = Verleen de toepassing bij een weigering User.Read.All (of Directory.Read.All). Voer de audit dan opnieuw uit.
license-pending = Wat { $user } in { $group } zal hebben, is niet te zeggen: Microsoft is nog bezig met { $processing-group } (verwerkingsstatus { $state }).
    .remedy = Voer de audit opnieuw uit als de verwerking van de groep klaar is. Duurt het langer dan een dag, open dan een ondersteuningsaanvraag.
seats-unreadable = De producten en licenties van de tenant zijn niet gelezen ({ $why }).
    .remedy = Verleen de toepassing Organization.Read.All (of Directory.Read.All) en voer de audit opnieuw uit.
sku-unreadable = Of licenties voor { $sku } bruikbaar zijn, is niet te zeggen: de capabilityStatus is { $status }.
    .remedy = Bekijk het product ({ -products-page }). Heeft de service een nieuwe status, zoek dan een nieuwere versie van dit programma.
seat-counters-missing = Tellers van { $sku } kwamen leeg terug: { $counters }.
    .remedy = Verleen de toepassing Organization.Read.All (of Directory.Read.All) en voer de audit opnieuw uit.
sku-plans-missing = Welke serviceplannen { $sku } bevat, is niet bekend: niet bij de tenant en niet in de producttabel van Microsoft.
    .remedy = Verleen de toepassing Organization.Read.All (of Directory.Read.All) en voer de audit opnieuw uit. Zijn de producten wel gelezen, noem in `require` dan het product zelf in plaats van een suite.

### De terminal

number = { $number }
title = Afsluitcriterium licenties op groepsbasis
demo = Demonstratie: deze tenant is gesimuleerd.
tenant = Tenant
unknown-tenant = onbekend
as-of = Peilmoment
pack = Criterium
pack-version = { $id }, versie { $version }
excluded = Weggelaten
excluded-groups = groepen { $names }
excluded-products = producten { $names }
what-to-do = Wat te doen
for-example = Bijvoorbeeld
examples = { $count ->
    [0] { $names }
   *[other] { $names } en nog { $count }
}
more-codes = { $count ->
    [one] en nog { $count } soort bevinding
   *[other] en nog { $count } soorten bevindingen
}
of-people-and-groups = { n-people } in { n-groups }
waivers = Ontheffing
waiver-line = { n-violations }, geaccepteerd door { $owner } tot en met { $expires }: { $reason }
gaps = Niet gelezen
advisories = Aandachtspunten
seats = Licenties
column-product = product
column-enabled = actief
column-warning = respijt
column-consumed = in gebruik
column-free = vrij
column-demand = nodig
column-waiting = wachtend
column-planned = gepland
seats-formula = vrij = actief + respijt − in gebruik · nodig = verschillende personen in de groepen met licenties, of met het product rechtstreeks · wachtend = leden zonder. Eén persoon kost één licentie per product, hoe vaak het ook is toegewezen.
seats-planned = gepland = leden van doelen die het product krijgen zodra hun groep het toewijst; telt niet mee in het oordeel.
seats-lower-bound = * Niet iedereen is gelezen: nodig en wachtend zijn ondergrenzen.
folded = { $count ->
    [one] Daaruit volgt nog { $count } bevinding; die staat erbij in de bestanden.
   *[other] Daaruit volgen nog { $count } bevindingen; die staan erbij in de bestanden.
}
see-above = Wat te doen: zie { $place }.
coverage = Niet tot het einde gelezen
coverage-line = { $collection }: { $read } gelezen, { $expected } verwacht. { $why }
coverage-members = { $collection } (leden van { $group })
more-collections = { $count ->
    [one] en nog { $count } verzameling
   *[other] en nog { $count } verzamelingen
}
files = Bestanden in { $directory }
no-files = Alle bevindingen met hun bewijs, en de tabellen: voer de audit uit met --out MAP.
scan-line = Scan: { $requests ->
    [one] { $requests } aanvraag
   *[other] { $requests } aanvragen
}, { $units ->
    [one] { $units } resource-eenheid
   *[other] { $units } resource-eenheden
}, { $retries } herhaald, { $seconds } s gewacht, { $kilobytes } kB
scan-reread = { $people ->
    [one] { $people } gebruiker is opnieuw gelezen voordat die werd genoemd.
   *[other] { $people } gebruikers zijn opnieuw gelezen voordat ze werden genoemd.
=======
    [one] { $waiting } of { $demand } people who need { $sku } has no seat: { $enabled } enabled + { $warning } in grace − { $consumed } consumed = { $free } free, { $waiting } waiting.
   *[other] { $waiting } of { $demand } people who need { $sku } have no seat: { $enabled } enabled + { $warning } in grace − { $consumed } consumed = { $free } free, { $waiting } waiting.
}
    .remedy = Buy seats ({ -products-page }), or remove the product from people who do not need it ({ -licenses-page }). Then check that the waiting members receive it, and reprocess their licenses if they do not.
demand-exceeds-seats = { $demand ->
    [one] { $demand } person is to have { $sku }, and there are { $capacity } seats: { $enabled } enabled + { $warning } in grace.
   *[other] { $demand } people are to have { $sku }, and there are { $capacity } seats: { $enabled } enabled + { $warning } in grace.
}
    .remedy = Buy seats ({ -products-page }), or take people who do not need the product out of the groups.
over-consumed = { $consumed } seats of { $sku } are in use, and there are { $capacity }: { $enabled } enabled + { $warning } in grace; { $free } free.
    .remedy = Buy the missing seats ({ -products-page }), or remove the product from people who do not need it ({ -licenses-page }).
subscription-suspended-status = No seat of { $sku } can be used: its subscription is { $status }. { $demand ->
    [one] { $demand } person needs it.
   *[other] { $demand } people need it.
}
    .remedy = A Billing Administrator reactivates or replaces the subscription ({ -products-page }), or the groups get another product ({ -licenses-page }).
subscription-suspended-empty = { $sku } has no usable seat: { $enabled } enabled + { $warning } in grace, { $suspended } suspended. { $demand ->
    [one] { $demand } person needs it.
   *[other] { $demand } people need it.
}
    .remedy = A Billing Administrator reactivates or replaces the subscription ({ -products-page }), or the groups get another product ({ -licenses-page }).
sku-not-owned = { $demand ->
    [0] Groups hand out { $sku }, which the tenant does not own.
    [one] Groups hand out { $sku }, which the tenant does not own; { $demand } person is to have it.
   *[other] Groups hand out { $sku }, which the tenant does not own; { $demand } people are to have it.
}
    .remedy = Buy the product ({ -products-page }), or remove it from the groups ({ -licenses-page }).
count-violation-stale = { $user } was refused { $sku } from { $group } for lack of seats (CountViolation), and now there are enough: { $capacity } seats − { $consumed } consumed = { $free } free, { $waiting } waiting.
    .remedy = Reprocess the user's licenses: { -licenses-page }, the product, the group; or Invoke-MgLicenseUser in PowerShell.
seats-in-grace = { $sku } suffices only with { $warning } seats in their grace period, which ends: { $date }. There are { $enabled } enabled seats, { $demand } people need one, { $waiting } of them waiting.
    .remedy = A Billing Administrator renews the subscription before that date ({ -products-page }); or reduce the number of people who need it.
low-headroom = { $free ->
    [one] Only { $free } seat of { $sku } is free, and { $headroom } are to be kept in reserve: { $capacity } − { $consumed } consumed = { $free }.
   *[other] Only { $free } seats of { $sku } are free, and { $headroom } are to be kept in reserve: { $capacity } − { $consumed } consumed = { $free }.
}
    .remedy = Buy seats in time ({ -products-page }), or change `headroom` in tollgate.toml.
no-seat-left = Every seat of { $sku } is in use: { $capacity } − { $consumed } consumed = 0 free, { $waiting } waiting.
    .remedy = Buy seats ({ -products-page }), or remove the product from people who do not need it ({ -licenses-page }).
subscription-lapses = { $subscriptions ->
    [one] A subscription of { $sku } with { $seats } seats comes to its next date on { $date }.
   *[other] { $subscriptions } subscriptions of { $sku } with { $seats } seats come to their next date, the first on { $date }.
}
    .remedy = A Billing Administrator checks that it renews, or how it will be replaced ({ -products-page }).
unused-seats = { $free } of { $capacity } seats of { $sku } are free: { $capacity } − { $consumed } consumed = { $free }.
    .remedy = Reduce the number of seats at the next renewal ({ -products-page }), unless more people are about to join.

### members-fully-licensed

assignment-error-count = { $user } did not get { $sku } from { $group }: no seat was free ({ $error }, state { $state }).
    .remedy = Buy seats ({ -products-page }) or free some ({ -licenses-page }), then reprocess the user there.
assignment-error-exclusive = { $user } did not get { $sku } from { $group }: a service plan in it conflicts with one the user already has ({ $error }, state { $state }).
    .remedy = Switch one of the conflicting apps and services off on the group, or remove the other product from the user ({ -licenses-page }); then reprocess the user there.
assignment-error-dependency = { $user } did not get { $sku } from { $group }: a service plan depends on another that is missing, or another product of the user depends on this one ({ $error }, state { $state }).
    .remedy = Supply the service plan that is needed, or switch the dependent one off ({ -licenses-page }); then reprocess the user there.
assignment-error-location = { $user } did not get { $sku } from { $group }: a service in it is not offered at the user's usage location ({ $error }, state { $state }).
    .remedy = Correct the user's usage location ({ -users-page }), or take the user out of the group; then reprocess the user ({ -licenses-page }).
assignment-error-uniqueness = { $user } did not get { $sku } from { $group }: an address of the user is in use elsewhere ({ $error }, state { $state }).
    .remedy = Find the doubled proxy address in Exchange Online and remove one of the two, then reprocess the user ({ -licenses-page }).
assignment-error-none = { $user } did not get { $sku } from { $group }: the state is { $state }, and the service names no error.
    .remedy = Reprocess the user ({ -licenses-page }, the product, the group). If it does not help within a day, open a support case.
assignment-error-other = { $user } did not get { $sku } from { $group }: the service says only { $error } (state { $state }), which mostly means that another license of the group failed.
    .remedy = Mend the other licenses of the same group first, then reprocess the user ({ -licenses-page }). The audit log of Microsoft Entra, activity “Change user license”, may tell more.
assignment-error = { $user } did not get { $sku } from { $group }: the service reports { $error } (state { $state }).
    .remedy = Mend what the error names, then reprocess the user ({ -licenses-page }, the product, the group).
assignment-active-with-error = { $user } has { $sku } from { $group } with a problem: the service reports { $error } (state { $state }).
    .remedy = Mend what the error names, then reprocess the user ({ -licenses-page }, the product, the group).
assignment-disabled = { $user } does not have { $sku } from { $group }: the assignment is switched off (state { $state }).
    .remedy = Check the state of the subscription ({ -products-page }), then reprocess the user ({ -licenses-page }).
unrecognised-state = Whether { $user } has { $sku } from { $group } cannot be relied on: its state { $state } is not known to this program.
    .remedy = Look at the user ({ -users-page }). If the service has a new state, look for a newer version of this program.
not-licensed-without-error = { $user } is a member of { $group } and has no { $sku } from it, and the service reports no error.
    .remedy = Reprocess the user ({ -licenses-page }, the product, the group), or remove the user from the group and add the user again. If it does not help within a day, open a support case.
license-suspended = { $user } has { $sku } from { $group }, but no seat of it can be used: its subscription has the status { $status }, or no unit is left.
    .remedy = A Billing Administrator reactivates or replaces the subscription ({ -products-page }), or the group gets another product ({ -licenses-page }).
license-suspended-not-owned = { $user } has { $sku } from { $group }, but the tenant does not own that product.
    .remedy = Buy the product ({ -products-page }), or remove it from the group ({ -licenses-page }).
missing-product-member = { $user }, a member of { $group }, does not have { $requirement } from any source; missing: { $missing }.
    .remedy = A License Administrator assigns the product, or a bundle that contains it, to the group ({ -licenses-page }). If another finding is given for this person, mend that first.
missing-product-member-sku = { $user }, a member of { $group }, does not have { $requirement } from any source.
    .remedy = A License Administrator assigns { $requirement } to the group ({ -licenses-page }). If another finding is given for this person, mend that first.
required-plan-disabled-member = { $user }, a member of { $group }, has products that contain { $requirement }, but service plans are switched off; missing: { $missing }.
    .remedy = A License Administrator opens { -licenses-page }, chooses the product and the group, and switches the named apps and services on. Where they are off on purpose, narrow `require` or add a waiver.
member-through-nested-group = { $user } is in { $group } only through the nested group { $through }, and so does not get { $sku }.
    .remedy = Add the user to { $group } directly, or assign the product to { $through } ({ -licenses-page }): licenses do not reach nested groups.
nested-group-members-not-licensed = { $members ->
    [one] { $members } direct member of { $group } goes without licenses of { $outer }, because licenses do not reach nested groups.
   *[other] { $members } direct members of { $group } go without licenses of { $outer }, because licenses do not reach nested groups.
}
    .remedy = Assign the licenses to { $group } itself ({ -licenses-page }), or replace the nesting by a membership rule.
license-left-behind = { $user } is not a member of { $group } and still has from it: { $products }.
    .remedy = Reprocess the user ({ -licenses-page }). Often another product of the user depends on the license; mend that first.
license-left-behind-advisory = { $user } is not a member of { $group }; what is left of its licenses is not in force, or Microsoft is still working on the group: { $products }.
    .remedy = Run the audit again later. If it stays, reprocess the user ({ -licenses-page }).
direct-and-inherited = { $user } has { $sku } from { $group } and directly as well: one seat, but it stays when the user leaves the group.
    .remedy = Check that the direct assignment switches on no more apps and services than the group's, then remove it ({ -users-page }).
direct-only = { $user } has { $sku } by direct assignment only, not through { $group }.
    .remedy = Let the group assign the product first and check that it arrives; then remove the direct assignment ({ -users-page }).
direct-only-requirement = { $user }, a member of { $group }, has { $requirement } only thanks to direct assignments.
    .remedy = Let the group assign the product first and check that it arrives; then remove the direct assignment ({ -users-page }).
plans-differ-from-group = { $user } has { $sku } from { $group } with other service plans switched off than the group has.
    .remedy = Reprocess the user ({ -licenses-page }, the product, the group).
orphan-assignment = { $user } has licenses from { $group }, a group that is gone or in the recycle bin: { $products }.
    .remedy = Restore the group ({ -entra-center }, Groups > Deleted groups), or reprocess the user and see whether the license goes ({ -licenses-page }). If not, open a support case.
disabled-account-holds-seat = { $user } is blocked from signing in and holds a license from { $group }.
    .remedy = Remove the account from the group, unless its mailbox or files must be kept for the time being.
usage-location-missing = { $user }, licensed by { $group }, has no usage location; the service takes that of the tenant.
    .remedy = A User Administrator sets it ({ -users-page }) and makes it part of creating accounts.

### Waivers

waiver-expired = A waiver of { $criterion } was good until { $expires } and covers nothing any more ({ $owner }: { $reason }).
    .remedy = Mend what it covered, or agree on a new date with { $owner } and write it in tollgate.toml.
waiver-unused = A waiver of { $criterion } covers nothing in this audit ({ $owner }: { $reason }).
    .remedy = Remove it from tollgate.toml, or check the names and codes in it if it was meant to cover something.
waiver-covers-all = A waiver of { $criterion } is narrowed by nothing, so it also covers what nobody has looked at yet ({ $owner }: { $reason }).
    .remedy = Narrow it in tollgate.toml to a code, group, user or product.

### Gaps

group-licenses-unreadable = No group shows a license, and yet { $example-user } has one from { $example-group }: the application is not shown the licenses of groups.
    .remedy = Grant Group.Read.All to the application (or Directory.Read.All, which covers all but hidden membership), and run the audit again.
group-licenses-unreadable-list = The list of groups was not read to the end ({ $why }), so licenses of groups may be missing.
    .remedy = If it was refused, grant GroupMember.Read.All or Group.Read.All to the application (or Directory.Read.All). Then run the audit again.
group-kind-unknown = Whether { $group } is a security group cannot be told: its securityEnabled came back empty.
    .remedy = Grant Group.Read.All to the application (or Directory.Read.All), and run the audit again.
membership-hidden = { $group } hides its members, and none of them could be read.
    .remedy = Grant Member.Read.Hidden to the application in addition, and run the audit again.
members-incomplete = The members of { $group } were not read to the end ({ $why }).
    .remedy = If it was refused, grant GroupMember.Read.All or Group.Read.All to the application (or Directory.Read.All). Then run the audit again.
nested-members-hidden = { $group }, een geneste groep in een groep met licenties, verbergt haar leden, dus is niet bekend wie er licenties mist.
    .remedy = Verleen de toepassing ook Member.Read.Hidden en voer de audit opnieuw uit.
members-not-in-snapshot = The members of { $group } are not in the snapshot, which was taken with another configuration.
    .remedy = Take a new snapshot with this configuration, or one with --members all.
membership-not-settled = Who belongs to { $group } has not been worked out yet: Microsoft is still working on it, and it shows no member.
    .remedy = Run the audit again once the membership has been worked out.
limited-information = Of { $user }, a member of { $group }, nothing but the id could be read.
    .remedy = Grant User.Read.All to the application (or Directory.Read.All), and run the audit again.
license-states-missing = The licenses of { $user }, a member of { $group }, could not be read: licenseAssignmentStates came back empty.
    .remedy = Grant User.Read.All to the application (or Directory.Read.All; User.ReadBasic.All is not enough), and run the audit again.
users-incomplete = The list of users was not read to the end ({ $why }).
    .remedy = If it was refused, grant User.Read.All to the application (or Directory.Read.All). Then run the audit again.
license-pending = What { $user } in { $group } will have cannot be told: Microsoft is still working on { $processing-group } (processing state { $state }).
    .remedy = Run the audit again once the group's processing is complete. Open a support case if it takes more than a day.
seats-unreadable = The tenant's products and seats were not read ({ $why }).
    .remedy = Grant Organization.Read.All to the application (or Directory.Read.All), and run the audit again.
sku-unreadable = Whether seats of { $sku } can be used cannot be told: its capabilityStatus is { $status }.
    .remedy = Look at the product ({ -products-page }). If the service has a new status, look for a newer version of this program.
seat-counters-missing = Counters of { $sku } came back empty: { $counters }.
    .remedy = Grant Organization.Read.All to the application (or Directory.Read.All), and run the audit again.
sku-plans-missing = Which service plans { $sku } contains is not known, neither to the tenant nor in Microsoft's product table.
    .remedy = Grant Organization.Read.All to the application (or Directory.Read.All) and run the audit again. If the products were read, name the product itself in `require` instead of a suite.

### The terminal

number = { $number }
title = Exit criterion: group-based licensing
demo = Demonstration: this tenant is simulated.
tenant = Tenant
unknown-tenant = unknown
as-of = As of
pack = Criterion
pack-version = { $id }, version { $version }
excluded = Left out
excluded-groups = groups { $names }
excluded-products = products { $names }
what-to-do = What to do
for-example = For example
examples = { $count ->
    [0] { $names }
   *[other] { $names } and { $count } more
}
more-codes = { $count ->
    [one] and { $count } more kind of finding
   *[other] and { $count } more kinds of findings
}
of-people-and-groups = { n-people } in { n-groups }
waivers = Waived
waiver-line = { n-violations }, accepted by { $owner } until { $expires }: { $reason }
gaps = Not read
advisories = Advisories
seats = Seats
column-product = product
column-enabled = enabled
column-warning = grace
column-consumed = in use
column-free = free
column-demand = needed
column-waiting = waiting
column-planned = planned
seats-formula = free = enabled + grace − in use · needed = different people in the licensed groups, or with the product directly · waiting = members without it. A person takes one seat of a product, however often it is assigned.
seats-planned = planned = members of targets that are to get the product once their group hands it out; not part of the verdict.
seats-lower-bound = * Not everybody was read: needed and waiting are lower bounds.
coverage = Not read to the end
column-collection = collection
column-read = read
column-expected = expected
column-why = why
files = Files in { $directory }
no-files = All findings with their evidence, and the tables: run the audit with --out DIRECTORY.
scan-line = Scan: { $requests ->
    [one] { $requests } request
   *[other] { $requests } requests
}, { $units ->
    [one] { $units } resource unit
   *[other] { $units } resource units
}, { $retries } repeated, { $seconds } s waited, { $kilobytes } kB
scan-reread = { $people ->
    [one] { $people } user was read again before being accused.
   *[other] { $people } users were read again before being accused.
>>>>>>> main
}

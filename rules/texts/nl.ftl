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
-reprocess-call = Invoke-MgLicenseUser in PowerShell, of de Graph-aanroep reprocessLicenseAssignment

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
    [one] { $gaps } hiaat
   *[other] { $gaps } hiaten
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
groups-configured-pass-no-plan = { $licensed ->
    [one] De enige groep met licenties wijst zowel Office 365 als EMS toe.
   *[other] { $granting } van de { $licensed } groepen met licenties { $granting ->
        [one] wijst
       *[other] wijzen
    } zowel Office 365 als EMS toe.
} Er is geen plan opgegeven, dus is niet beoordeeld of dit de juiste groepen zijn.
groups-configured-not-applicable = Er is geen groep te beoordelen.

no-b2b-groups-licensed-fail = Externe accounts zijn lid van groepen met licenties: { n-people } in { n-groups }.
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
    [0] Groepsleden missen licenties: { n-violations } in { n-groups }.
   *[other] { $lacking ->
        [0] { $left-behind ->
            [one] { $left-behind } persoon heeft licenties van een groep overgehouden na vertrek eruit
           *[other] { $left-behind } personen hebben licenties van een groep overgehouden na vertrek eruit
        }
       *[other] { n-lacking }{ $left-behind ->
            [0] { "" }
            [one] , en { $left-behind } ander heeft licenties overgehouden na vertrek uit een groep
           *[other] , en { $left-behind } anderen hebben licenties overgehouden na vertrek uit een groep
        }
    }: { n-violations } in { n-groups }.
}
n-lacking = { $lacking ->
    [one] { $lacking } persoon mist een licentie die een groep hoort te geven, of heeft die met een fout
   *[other] { $lacking } personen missen een licentie die een groep hoort te geven, of hebben die met een fout
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
    [one] { $inconclusive } van { $criteria } criteria is niet beoordeeld, omdat iets wat de doorslag geeft niet bekend is. Dat telt niet als voldaan.
   *[other] { $inconclusive } van { $criteria } criteria zijn niet beoordeeld, omdat iets wat de doorslag geeft niet bekend is. Dat telt niet als voldaan.
}
overall-pass = { $passed ->
    [one] Er is op alle gegevens die ervoor nodig zijn { $passed } van { $criteria } criteria beoordeeld, en eraan is voldaan.
   *[other] Er zijn op alle gegevens die ervoor nodig zijn { $passed } van { $criteria } criteria beoordeeld, en eraan is voldaan.
}
overall-also-inconclusive = { $inconclusive ->
    [one] { $inconclusive } ander criterium kon niet worden beoordeeld.
   *[other] { $inconclusive } andere criteria konden niet worden beoordeeld.
}
overall-also-waived = { $waived ->
    [one] Aan { $waived } criterium is alleen met ontheffing voldaan.
   *[other] Aan { $waived } criteria is alleen met ontheffing voldaan.
}
level-optional = Microsoft noemt dit afsluitcriterium optioneel.
level-optional-not-met = Waar er niet aan is voldaan, moeten licenties met de hand worden toegewezen en ingetrokken.
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
    .remedy = Controleer de spelling in tollgate.toml of gebruik de object-id. Haal de groep eruit als die niet meer gepland is; als de groep nooit is gemaakt, maak die dan en wijs de licenties toe ({ -licenses-page }).
target-not-found-pattern = Er is geen groep die past bij ‘{ $group }’. De prullenbak wordt niet op patronen doorzocht.
    .remedy = Controleer het patroon in tollgate.toml: * staat voor willekeurige tekst. Haal het eruit als de groepen niet meer gepland zijn; als ze nooit zijn gemaakt, maak ze dan en wijs de licenties toe ({ -licenses-page }).
target-not-found-bin-unread = Er is geen groep die past bij ‘{ $group }’; de prullenbak kon niet worden doorzocht.
    .remedy = Controleer de spelling in tollgate.toml of gebruik de object-id. Om te zien of de groep is verwijderd: verleen de toepassing Group.Read.All (of Directory.Read.All) en voer de audit opnieuw uit.
target-deleted = ‘{ $group }’ ligt in de prullenbak sinds { $since }; een verwijderde groep wijst niemand een licentie toe.
    .remedy = Herstel de groep binnen 30 dagen na het verwijderen ({ -entra-center }, Groepen > Verwijderde groepen) en controleer dan de licenties en leden ervan. Was het verwijderen de bedoeling, haal de groep dan uit tollgate.toml.
group-type-not-eligible = ‘{ $group }’ is geen beveiligingsgroep (securityEnabled is false), dus de leden kunnen er geen licenties door krijgen.
    .remedy = Maak een beveiligingsgroep met dezelfde leden, wijs de licenties daaraan toe ({ -licenses-page }) en noem die groep in tollgate.toml.
group-type-not-eligible-devices = ‘{ $group }’ verzamelt door de lidmaatschapsregel apparaten, en apparaten krijgen geen licenties.
    .remedy = Maak een beveiligingsgroep met een overeenkomstige regel over gebruikers, wijs de licenties daaraan toe ({ -licenses-page }) en noem die groep in tollgate.toml.
no-license-assigned = ‘{ $group }’ is aangewezen voor automatische licenties en heeft er geen enkele; vereist: { $requirements }.
    .remedy = Een licentiebeheerder opent Licenties ({ -licenses-page }), kiest het product en voegt de groep toe op het tabblad Groepen.
missing-product-group = ‘{ $group }’ wijst { $requirement } niet toe, en geen andere groep met licenties vult dat voor elk lid aan; wat ontbreekt: { $missing }.
    .remedy = Een licentiebeheerder wijst het ontbrekende product, of een bundel die het bevat, aan de groep toe ({ -licenses-page }). Hoeft de groep het niet toe te wijzen, verbeter dan `require` in tollgate.toml.
missing-product-group-sku = ‘{ $group }’ wijst { $requirement } niet toe, en geen andere groep met licenties vult dat voor elk lid aan.
    .remedy = Een licentiebeheerder wijst { $requirement } aan de groep toe ({ -licenses-page }). Hoeft de groep het niet toe te wijzen, verbeter dan `require` in tollgate.toml.
required-plan-disabled-group = ‘{ $group }’ heeft een product dat { $requirement } bevat, maar serviceplannen ervan zijn uitgeschakeld; wat ontbreekt: { $missing }.
    .remedy = Een licentiebeheerder opent Licenties ({ -licenses-page }), kiest het product en de groep, en schakelt de genoemde apps en services in. Zijn ze met opzet uitgeschakeld, beperk dan `require` of voeg een ontheffing toe.
no-group-configured = Geen van de beoordeelde groepen heeft licenties: elke licentie wordt met de hand toegewezen en ingetrokken.
    .remedy = Bepaal welke beveiligingsgroepen geschikt zijn, noem ze als doel in tollgate.toml, en laat een licentiebeheerder er de producten aan toewijzen ({ -licenses-page }).
no-group-grants-both-suites = { $groups ->
    [one] De enige groep met licenties wijst niet zowel Office 365 als EMS toe, of is van een soort die geen licenties kan doorgeven.
   *[other] Geen van de { $groups } groepen met licenties is van een geschikte soort en wijst zowel Office 365 als EMS toe.
}{ $lacking ->
    [0] { "" }
   *[other] { " " }Geen enkele groep wijst toe: { $suites }.
}
    .remedy = Een licentiebeheerder wijst de ontbrekende suite, of Microsoft 365 E3 of E5 dat beide bevat, toe aan een groep ({ -licenses-page }). Noem die groep daarna als doel in tollgate.toml.
product-from-another-group = { $members ->
    [one] ‘{ $group }’ wijst { $requirement } niet toe, maar het enige lid krijgt het van een andere groep met licenties.
   *[other] ‘{ $group }’ wijst { $requirement } niet toe, maar alle { $members } leden krijgen het van andere groepen met licenties.
}
    .remedy = Wijs { $requirement } ook aan deze groep toe ({ -licenses-page }): dat kost geen extra licenties, en het volgende lid zit misschien niet in de andere groepen.
license-processing-not-complete = Microsoft is nog bezig met de licenties van ‘{ $group }’ (verwerkingsstatus { $state }).
    .remedy = Wacht en voer de audit opnieuw uit. Duurt het langer dan een dag, open dan een ondersteuningsaanvraag.
membership-rule-paused = De lidmaatschapsregel van ‘{ $group }’ is onderbroken: niemand komt er door de regel bij of gaat eruit, en de licenties volgen dus niet.
    .remedy = Een groepenbeheerder hervat de regel ({ -entra-center }, Groepen, de regels voor dynamisch lidmaatschap van de groep).
unplanned-licensed-group = ‘{ $group }’ heeft licenties, maar tollgate.toml noemt deze groep niet als doel.
    .remedy = Voeg de groep toe als doel, laat die weg onder [scope], of verwijder de licenties ervan ({ -licenses-page }).
not-a-plain-security-group-m365 = ‘{ $group }’ is een Microsoft 365-groep; het criterium spreekt van beveiligingsgroepen.
    .remedy = Ga na wie de leden mag wijzigen: de eigenaren kunnen zo licenties toewijzen. Overweeg een gewone beveiligingsgroep voor licenties.
not-a-plain-security-group-mail = ‘{ $group }’ is een beveiligingsgroep met e-mail; het criterium spreekt van gewone beveiligingsgroepen.
    .remedy = Ga na wie de leden mag wijzigen. Overweeg een gewone beveiligingsgroep voor licenties.
empty-licensed-group = { $others ->
    [0] ‘{ $group }’ heeft licenties en geen lid dat een gebruiker is.
    [one] ‘{ $group }’ heeft licenties en geen lid dat een gebruiker is, wel { $others } van een andere soort, die geen licentie krijgt.
   *[other] ‘{ $group }’ heeft licenties en geen lid dat een gebruiker is, wel { $others } van een andere soort, die geen licentie krijgen.
}
    .remedy = Maak de gebruikers rechtstreeks lid, verbeter de lidmaatschapsregel, of verwijder de licenties van de groep ({ -licenses-page }).
no-plan-given = De configuratie noemt geen doel, dus gelden de groepen met licenties als het plan: { $granting } van de { $licensed } { $granting ->
    [one] wijst
   *[other] wijzen
} zowel Office 365 als EMS toe.
    .remedy = Noem de groepen die voor automatische licenties zijn aangewezen als [[target]] in tollgate.toml; `tollgate init` schrijft een eerste versie.
all-targets-excluded = De configuratie sluit elk genoemd doel ook weer uit, dus blijft er geen doel te beoordelen.
    .remedy = Haal de uitsluiting of de doelen uit tollgate.toml.

### no-b2b-groups-licensed

guest-in-licensed-group = De gastgebruiker { $user } van een andere organisatie ({ $marks }) is lid van ‘{ $group }’, een groep met licenties.
    .remedy = Verwijder het account uit de groep, of verbeter de lidmaatschapsregel. Moeten externe mensen licenties hebben, geef ze dan een eigen groep en sluit die uit, of voeg een ontheffing met de reden toe.
guest-in-licensed-group-member = { $user } is een extern account ({ $marks }), al is het gebruikerstype niet Guest, en lid van ‘{ $group }’, een groep met licenties.
    .remedy = Verwijder het account uit de groep, of verbeter de lidmaatschapsregel; een toets op user.userType houdt zulke accounts niet tegen. Moeten externe mensen licenties hebben, geef ze dan een eigen groep en sluit die uit, of voeg een ontheffing met de reden toe.
internal-guest = { $user } in ‘{ $group }’, een groep met licenties, heeft gebruikerstype Guest maar geen teken van een uitnodiging: een account van uw eigen tenant.
    .remedy = Ga na wie het account gebruikt. Nodig die persoon alsnog uit, maak het account tot lid, of verwijder het uit de groep ({ -entra-center }, Gebruikers).
guest-in-target-group = Het externe account { $user } is lid van ‘{ $group }’, die licenties moet krijgen en nog niet heeft.
    .remedy = Verwijder het account uit de groep voordat er licenties aan worden toegewezen.
guest-in-nested-group = Het externe account { $user } is lid van ‘{ $through }’, een geneste groep in ‘{ $group }’, die licenties heeft.
    .remedy = Zo krijgt het geen licentie. Laat het weg als u de leden van ‘{ $through }’ rechtstreeks lid maakt, of haal de geneste groep eruit.
dynamic-rule-admits-guests = De lidmaatschapsregel van ‘{ $group }’ toetst user.userType niet en laat dus ook gasten toe die verder aan de regel voldoen.
    .remedy = Voeg -and (user.userType -eq "Member") toe aan de regel. Externe accounts van type Member houdt dat niet tegen: zijn die er, toets dan nog een kenmerk dat ze onderscheidt.

### enough-seats

seats-exhausted = { $waiting ->
    [one] { $waiting } van { $demand } personen die { $sku } nodig hebben, heeft geen licentie: { $enabled } actief + { $warning } in respijtperiode − { $consumed } toegewezen = { $free } vrij, { $waiting } wachtend.
   *[other] { $waiting } van { $demand } personen die { $sku } nodig hebben, hebben geen licentie: { $enabled } actief + { $warning } in respijtperiode − { $consumed } toegewezen = { $free } vrij, { $waiting } wachtend.
}
    .remedy = Koop licenties bij ({ -products-page }), of neem het product af van mensen die het niet nodig hebben ({ -licenses-page }). Ga dan na of de wachtende leden het krijgen, en laat hun licenties zo nodig opnieuw verwerken.
demand-exceeds-seats = { $demand ->
    [one] { $demand } persoon moet { $sku } hebben, en er zijn { $capacity } licenties: { $enabled } actief + { $warning } in respijtperiode.
   *[other] { $demand } personen moeten { $sku } hebben, en er zijn { $capacity } licenties: { $enabled } actief + { $warning } in respijtperiode.
}
    .remedy = Koop licenties bij ({ -products-page }), of haal mensen die het product niet nodig hebben uit de groepen.
over-consumed = Er zijn { $consumed } licenties voor { $sku } toegewezen en er zijn er { $capacity }: { $enabled } actief + { $warning } in respijtperiode; { $free } vrij.
    .remedy = Koop de ontbrekende licenties ({ -products-page }), of neem het product af van mensen die het niet nodig hebben ({ -licenses-page }).
subscription-suspended-status = Geen licentie voor { $sku } is bruikbaar: het abonnement heeft de status { $status }. { $demand ->
    [one] { $demand } persoon heeft het nodig.
   *[other] { $demand } personen hebben het nodig.
}
    .remedy = Een factureringsbeheerder activeert of vervangt het abonnement ({ -products-page }), of de groepen krijgen een ander product ({ -licenses-page }).
subscription-suspended-empty = { $sku } heeft geen bruikbare licentie: { $enabled } actief + { $warning } in respijtperiode, { $suspended } uitgeschakeld. { $demand ->
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
count-violation-stale = { $user } kreeg { $sku } niet van ‘{ $group }’ wegens een licentietekort (CountViolation), en nu zijn er genoeg: { $capacity } licenties − { $consumed } toegewezen = { $free } vrij, { $waiting } wachtend.
    .remedy = Laat de licenties van de gebruiker opnieuw verwerken: { -licenses-page }, het product, de groep; of { -reprocess-call }.
seats-in-grace = { $sku } is alleen toereikend met { $warning } licenties in hun respijtperiode, die eindigt: { $date }. Er zijn { $enabled } actieve licenties, { $demand } personen hebben er een nodig, { $waiting } van hen wachtend.
    .remedy = Een factureringsbeheerder verlengt het abonnement voor die datum ({ -products-page }); of beperk het aantal mensen dat het nodig heeft.
low-headroom = { $free ->
    [one] Nog maar { $free } licentie voor { $sku } is vrij, en { $headroom } moeten in reserve blijven (headroom { $setting }): { $capacity } − { $consumed } toegewezen = { $free }.
   *[other] Nog maar { $free } licenties voor { $sku } zijn vrij, en { $headroom } moeten in reserve blijven (headroom { $setting }): { $capacity } − { $consumed } toegewezen = { $free }.
}
    .remedy = Koop op tijd licenties bij ({ -products-page }), of wijzig `headroom` in tollgate.toml.
no-seat-left = Elke licentie voor { $sku } is toegewezen: { $capacity } − { $consumed } toegewezen = 0 vrij, { $waiting } wachtend.
    .remedy = Koop licenties bij ({ -products-page }), of neem het product af van mensen die het niet nodig hebben ({ -licenses-page }).
subscription-lapses = { $subscriptions ->
    [one] Een abonnement op { $sku } met { $seats } licenties bereikt zijn volgende datum op { $date }.
   *[other] { $subscriptions } abonnementen op { $sku } met { $seats } licenties bereiken hun volgende datum, het eerste op { $date }.
}
    .remedy = Een factureringsbeheerder gaat na of het wordt verlengd, of waardoor het wordt vervangen ({ -products-page }).
unused-seats = { $free } van { $capacity } licenties voor { $sku } zijn vrij: { $capacity } − { $consumed } toegewezen = { $free }.
    .remedy = Neem bij de volgende verlenging minder licenties af ({ -products-page }), tenzij er binnenkort mensen bij komen.

### members-fully-licensed

assignment-error-count = { $user } kreeg { $sku } niet van ‘{ $group }’: er was geen licentie vrij ({ $error }, status { $state }).
    .remedy = Koop licenties bij ({ -products-page }) of maak er vrij ({ -licenses-page }), en laat de gebruiker daar opnieuw verwerken.
assignment-error-count-by-now = { $user } kreeg { $sku } niet van ‘{ $group }’ wegens een licentietekort ({ $error }, status { $state }); inmiddels is er een licentie voor iedereen van wie bekend is dat die wacht.
    .remedy = Er hoeft niets te worden gekocht. Laat de gebruiker opnieuw verwerken: { -licenses-page }, het product, de groep; of { -reprocess-call }.
assignment-error-exclusive = { $user } kreeg { $sku } niet van ‘{ $group }’: een serviceplan ervan kan niet naast een serviceplan dat de gebruiker uit een ander product heeft ({ $error }, status { $state }).
    .remedy = { plan-conflict-remedy }
plan-conflict-remedy = Schakel een van de twee botsende apps en services uit op de groep, of neem het andere product van de gebruiker af ({ -licenses-page }); laat de gebruiker daar dan opnieuw verwerken.
assignment-error-dependency = { $user } kreeg { $sku } niet van ‘{ $group }’: een serviceplan hangt af van een ander dat ontbreekt, of een ander product van de gebruiker hangt van dit product af ({ $error }, status { $state }).
    .remedy = { plan-dependency-remedy }
plan-dependency-remedy = Wijs het serviceplan toe waar het andere van afhangt, of schakel het afhankelijke uit ({ -licenses-page }); laat de gebruiker daar dan opnieuw verwerken.
assignment-error-location = { $user } kreeg { $sku } niet van ‘{ $group }’: een service ervan wordt niet aangeboden op de gebruikslocatie van de gebruiker ({ $error }, status { $state }).
    .remedy = { location-remedy }
location-remedy = Verbeter de gebruikslocatie van de gebruiker ({ -users-page }), of haal de gebruiker uit de groep; laat de gebruiker dan opnieuw verwerken ({ -licenses-page }).
assignment-error-uniqueness = { $user } kreeg { $sku } niet van ‘{ $group }’: een adres van de gebruiker is elders in gebruik ({ $error }, status { $state }).
    .remedy = { uniqueness-remedy }
uniqueness-remedy = Zoek het dubbele proxyadres in Exchange Online en verwijder een van de twee; laat de gebruiker dan opnieuw verwerken ({ -licenses-page }).
assignment-error-none = { $user } kreeg { $sku } niet van ‘{ $group }’: de status is { $state }, en de service noemt geen fout.
    .remedy = Laat de gebruiker opnieuw verwerken ({ -licenses-page }, het product, de groep). Helpt dat niet binnen een dag, open dan een ondersteuningsaanvraag.
assignment-error-other = { $user } kreeg { $sku } niet van ‘{ $group }’: de service noemt alleen { $error } (status { $state }), wat meestal betekent dat een andere licentie van de groep is mislukt.
    .remedy = Verhelp eerst wat er mis is met de andere licenties van dezelfde groep, en laat de gebruiker dan opnieuw verwerken ({ -licenses-page }). Het auditlogboek van Microsoft Entra, activiteit ‘Change user license’, zegt misschien meer.
assignment-error = { $user } kreeg { $sku } niet van ‘{ $group }’: de service meldt { $error } (status { $state }).
    .remedy = { other-error-remedy }
other-error-remedy = Kijk in het auditlogboek van Microsoft Entra, activiteit ‘Change user license’: dat zegt misschien meer over de fout. Verhelp die, en laat de gebruiker dan opnieuw verwerken ({ -licenses-page }, het product, de groep).
assignment-active-with-error = { $user } heeft { $sku } van ‘{ $group }’ met een probleem: de service meldt { $error } (status { $state }).
    .remedy = { other-error-remedy }
assignment-active-with-error-exclusive = { $user } heeft { $sku } van ‘{ $group }’ met een probleem: een serviceplan ervan kan niet naast een serviceplan dat de gebruiker uit een ander product heeft ({ $error }, status { $state }).
    .remedy = { plan-conflict-remedy }
assignment-active-with-error-dependency = { $user } heeft { $sku } van ‘{ $group }’ met een probleem: een serviceplan hangt af van een ander dat ontbreekt, of een ander product van de gebruiker hangt van dit product af ({ $error }, status { $state }).
    .remedy = { plan-dependency-remedy }
assignment-active-with-error-location = { $user } heeft { $sku } van ‘{ $group }’ met een probleem: een service ervan wordt niet aangeboden op de gebruikslocatie van de gebruiker ({ $error }, status { $state }).
    .remedy = { location-remedy }
assignment-active-with-error-uniqueness = { $user } heeft { $sku } van ‘{ $group }’ met een probleem: een adres van de gebruiker is elders in gebruik ({ $error }, status { $state }).
    .remedy = { uniqueness-remedy }
assignment-disabled = { $user } heeft { $sku } niet van ‘{ $group }’: de toewijzing is uitgeschakeld (status { $state }).
    .remedy = Controleer de staat van het abonnement ({ -products-page }), en laat de gebruiker dan opnieuw verwerken ({ -licenses-page }).
unrecognised-state = Of { $user } { $sku } van ‘{ $group }’ heeft, is niet te zeggen: dit programma kent de status { $state } niet.
    .remedy = Bekijk de gebruiker ({ -users-page }). Heeft de service een nieuwe status, zoek dan een nieuwere versie van dit programma.
not-licensed-without-error = { $user } is lid van ‘{ $group }’ en heeft er geen { $sku } van, en de service meldt geen fout.
    .remedy = Laat de gebruiker opnieuw verwerken ({ -licenses-page }, het product, de groep), of verwijder de gebruiker uit de groep en voeg die weer toe. Helpt dat niet binnen een dag, open dan een ondersteuningsaanvraag.
license-suspended = { $user } heeft { $sku } van ‘{ $group }’, maar geen licentie ervan is bruikbaar: het abonnement heeft de status { $status }, of er is geen eenheid over.
    .remedy = Een factureringsbeheerder activeert of vervangt het abonnement ({ -products-page }), of de groep krijgt een ander product ({ -licenses-page }).
license-suspended-not-owned = { $user } heeft { $sku } van ‘{ $group }’, maar de tenant heeft dat product niet.
    .remedy = Koop het product ({ -products-page }), of verwijder het van de groep ({ -licenses-page }).
missing-product-member = { $user }, lid van ‘{ $group }’, mist { $requirement }: geen licentie die van kracht is en zonder fout levert het; wat ontbreekt: { $missing }.
    .remedy = Een licentiebeheerder wijst het product, of een bundel die het bevat, aan de groep toe ({ -licenses-page }). Is er nog een bevinding over deze persoon, verhelp die dan eerst.
missing-product-member-sku = { $user }, lid van ‘{ $group }’, mist { $requirement }: geen licentie die van kracht is en zonder fout levert het.
    .remedy = Een licentiebeheerder wijst { $requirement } aan de groep toe ({ -licenses-page }). Is er nog een bevinding over deze persoon, verhelp die dan eerst.
required-plan-disabled-member = { $user }, lid van ‘{ $group }’, heeft producten die { $requirement } bevatten, maar er zijn serviceplannen uitgeschakeld; wat ontbreekt: { $missing }.
    .remedy = Een licentiebeheerder opent Licenties ({ -licenses-page }), kiest het product en de groep, en schakelt de genoemde apps en services in. Zijn ze met opzet uitgeschakeld, beperk dan `require` of voeg een ontheffing toe.
member-through-nested-group = { $user } zit alleen via de geneste groep ‘{ $through }’ in ‘{ $group }’ en krijgt daarom geen { $sku }.
    .remedy = Een groepenbeheerder of een eigenaar maakt de gebruiker rechtstreeks lid van ‘{ $group }’ ({ -entra-center }, Groepen); of een licentiebeheerder wijst { $sku } toe aan ‘{ $through }’ zelf ({ -licenses-page }). Licenties bereiken geneste groepen niet.
nested-group-members-not-licensed = { $members ->
    [one] { $members } rechtstreeks lid van ‘{ $group }’ mist licenties van ‘{ $outer }’, omdat licenties geneste groepen niet bereiken.
   *[other] { $members } rechtstreekse leden van ‘{ $group }’ missen licenties van ‘{ $outer }’, omdat licenties geneste groepen niet bereiken.
}
    .remedy = Een groepenbeheerder of een eigenaar maakt deze mensen rechtstreeks lid van ‘{ $outer }’ ({ -entra-center }, Groepen); of een licentiebeheerder wijst de licenties toe aan ‘{ $group }’ zelf ({ -licenses-page }).
license-left-behind = { $user } is geen lid van ‘{ $group }’ en heeft er nog van: { $products }.
    .remedy = Laat de licenties van de gebruiker opnieuw verwerken: { -reprocess-call }; het beheercentrum toont de gebruiker niet meer bij deze groep. Vaak hangt een ander product van de gebruiker van de licentie af; verhelp dat eerst.
license-left-behind-advisory = { $user } is geen lid van ‘{ $group }’; wat er van de licenties ervan over is, is niet van kracht, of Microsoft is nog met de groep bezig: { $products }.
    .remedy = Voer de audit later opnieuw uit. Blijft het zo, laat de licenties van de gebruiker dan opnieuw verwerken: { -reprocess-call }.
direct-and-inherited = { $user } heeft { $sku } van ‘{ $group }’ en ook rechtstreeks: het kost één licentie, maar die blijft als de gebruiker de groep verlaat.
    .remedy = Ga na of de rechtstreekse toewijzing niet meer apps en services inschakelt dan die van de groep, en verwijder die dan ({ -users-page }).
direct-only = { $user } heeft { $sku } alleen rechtstreeks toegewezen gekregen, niet via ‘{ $group }’.
    .remedy = Laat eerst de groep het product toewijzen en ga na of het aankomt; verwijder dan de rechtstreekse toewijzing ({ -users-page }).
direct-only-requirement = { $user }, lid van ‘{ $group }’, heeft { $requirement } alleen dankzij rechtstreekse toewijzingen.
    .remedy = Laat eerst de groep het product toewijzen en ga na of het aankomt; verwijder dan de rechtstreekse toewijzing ({ -users-page }).
plans-differ-from-group = { $user } heeft { $sku } van ‘{ $group }’ met andere uitgeschakelde serviceplannen dan de groep zelf.{ $off ->
    [0] { "" }
   *[other] { " " }Alleen bij de gebruiker uitgeschakeld: { $switched-off }.
}{ $on ->
    [0] { "" }
   *[other] { " " }Alleen in de groep uitgeschakeld: { $switched-on }.
}
    .remedy = Laat de gebruiker opnieuw verwerken ({ -licenses-page }, het product, de groep).
orphan-assignment = { $user } heeft { $sku } van ‘{ $group }’, een groep die niet meer bestaat of in de prullenbak ligt.
    .remedy = Is de groep per ongeluk verwijderd, herstel die dan binnen 30 dagen ({ -entra-center }, Groepen > Verwijderde groepen). Laat anders de licenties van de gebruiker opnieuw verwerken en kijk of de licentie verdwijnt: { -reprocess-call }; bij een verdwenen groep toont het beheercentrum niemand. Blijft de licentie, open dan een ondersteuningsaanvraag.
disabled-account-holds-seat = { $user } kan zich niet aanmelden en bezet een licentie van ‘{ $group }’.
    .remedy = Verwijder het account uit de groep, tenzij het postvak of de bestanden voorlopig bewaard moeten blijven.
usage-location-missing = { $user }, met licenties van ‘{ $group }’, heeft geen gebruikslocatie; de service neemt die van de tenant.
    .remedy = Een gebruikersbeheerder stelt de gebruikslocatie in ({ -users-page }) en maakt dat tot vast onderdeel van het maken van accounts.

### Ontheffingen

waiver-expired = Een ontheffing voor { $criterion } gold tot en met { $expires } en dekt niets meer ({ $owner }: { $reason }).
    .remedy = Verhelp wat de ontheffing dekte, of spreek met { $owner } een nieuwe datum af en zet die in tollgate.toml.
waiver-unused = Een ontheffing voor { $criterion } dekt niets in deze audit ({ $owner }: { $reason }).
    .remedy = Haal deze uit tollgate.toml, of controleer de namen en codes erin als er iets had moeten worden gedekt.
waiver-covers-all = Een ontheffing voor { $criterion } is nergens toe beperkt en dekt dus ook wat nog niemand heeft bekeken ({ $owner }: { $reason }).
    .remedy = Beperk deze in tollgate.toml tot een code, groep, gebruiker of product.

### Hiaten

group-licenses-unreadable = Geen enkele groep toont licenties, en toch heeft { $example-user } er een van ‘{ $example-group }’: de toepassing krijgt de licenties van groepen niet te zien.
    .remedy = Verleen de toepassing Group.Read.All (of Directory.Read.All, dat alles behalve verborgen lidmaatschap omvat) en voer de audit opnieuw uit.
group-licenses-unreadable-list = De lijst van groepen is niet tot het einde gelezen ({ $why }), dus kunnen er licenties van groepen ontbreken.
    .remedy = Verleen de toepassing bij een weigering GroupMember.Read.All of Group.Read.All (of Directory.Read.All). Voer de audit dan opnieuw uit.
group-kind-unknown = Of ‘{ $group }’ een beveiligingsgroep is, is niet te zeggen: securityEnabled kwam leeg terug.
    .remedy = Verleen de toepassing Group.Read.All (of Directory.Read.All) en voer de audit opnieuw uit.
group-name-unknown = ‘{ $group }’ toont de naam niet, dus of dit het doel ‘{ $target }’ is, is niet te zeggen.
    .remedy = Verleen de toepassing Group.Read.All (of Directory.Read.All), of noem het doel bij zijn object-id, en voer de audit opnieuw uit.
membership-hidden = ‘{ $group }’ verbergt de leden, en geen van hen kon worden gelezen.
    .remedy = Verleen de toepassing ook Member.Read.Hidden en voer de audit opnieuw uit.
members-incomplete = De leden van ‘{ $group }’ zijn niet tot het einde gelezen ({ $why }).
    .remedy = Verleen de toepassing bij een weigering GroupMember.Read.All of Group.Read.All (of Directory.Read.All). Voer de audit dan opnieuw uit.
nested-members-hidden = ‘{ $group }’, een geneste groep in een groep met licenties, verbergt de leden, dus is niet bekend wie er licenties mist.
    .remedy = Verleen de toepassing ook Member.Read.Hidden en voer de audit opnieuw uit.
members-not-in-snapshot = De leden van ‘{ $group }’ staan niet in de momentopname, die met een andere configuratie is gemaakt.
    .remedy = Maak een nieuwe momentopname met deze configuratie, of een met --members all.
membership-not-settled = Wie bij ‘{ $group }’ hoort, is nog niet bepaald: Microsoft is er nog mee bezig, en de groep toont geen lid.
    .remedy = Voer de audit opnieuw uit als het lidmaatschap is bepaald.
limited-information = Van { $user }, lid van ‘{ $group }’, kon niets dan de id worden gelezen.
    .remedy = Verleen de toepassing User.Read.All (of Directory.Read.All) en voer de audit opnieuw uit.
license-states-missing = De licenties van { $user }, lid van ‘{ $group }’, konden niet worden gelezen: licenseAssignmentStates kwam leeg terug.
    .remedy = Verleen de toepassing User.Read.All (of Directory.Read.All; User.ReadBasic.All is niet genoeg) en voer de audit opnieuw uit.
users-incomplete = De lijst van gebruikers is niet tot het einde gelezen ({ $why }).
    .remedy = Verleen de toepassing bij een weigering User.Read.All (of Directory.Read.All). Voer de audit dan opnieuw uit.
license-pending = Of { $user } in ‘{ $group }’ { $product } zal hebben, is niet te zeggen: Microsoft is nog bezig met ‘{ $processing-group }’ (verwerkingsstatus { $state }).
    .remedy = Voer de audit opnieuw uit als de verwerking van de groep klaar is. Duurt het langer dan een dag, open dan een ondersteuningsaanvraag.
seats-unreadable = De producten en licenties van de tenant zijn niet gelezen ({ $why }).
    .remedy = Verleen de toepassing Organization.Read.All (of Directory.Read.All) en voer de audit opnieuw uit.
sku-unreadable = Of licenties voor { $sku } bruikbaar zijn, is niet te zeggen: de capabilityStatus is { $status }.
    .remedy = Bekijk het product ({ -products-page }). Heeft de service een nieuwe status, zoek dan een nieuwere versie van dit programma.
seat-counters-missing = Tellers van { $sku } kwamen leeg terug: { $counters }.
    .remedy = Verleen de toepassing Organization.Read.All (of Directory.Read.All) en voer de audit opnieuw uit.
sku-plans-missing = Welke serviceplannen { $sku } bevat, is niet bekend: niet bij de tenant en niet in de producttabel van Microsoft.
    .remedy = Verleen de toepassing Organization.Read.All (of Directory.Read.All) en voer de audit opnieuw uit. Zijn de producten wel gelezen, noem in `require` dan het product zelf in plaats van een suite.

### Oorzaken

causes = Wat te doen, per oorzaak
causes-hands = { $role }: { $place }
cause-more = { $count ->
    [one] Er is nog { $count } zo'n geval.
   *[other] Er zijn nog { $count } zulke gevallen.
}
more-causes = { $count ->
    [one] en nog { $count } oorzaak
   *[other] en nog { $count } oorzaken
}
cause-no-group = Geen enkele groep wijst alles toe wat vereist is.
    .action = Bepaal welke beveiligingsgroepen geschikt zijn, noem ze als doel in tollgate.toml en wijs de producten eraan toe.
cause-group-not-found = ‘{ $target }’ staat genoemd voor automatische licenties, en zo'n groep is er niet.
    .action = Verbeter de naam in tollgate.toml, of maak de groep en wijs de producten eraan toe.
cause-group-deleted = ‘{ $group }’ ligt in de prullenbak en geeft niemand licenties.
    .action = Herstel de groep binnen 30 dagen na het verwijderen, of haal de groep uit tollgate.toml.
cause-group-kind = ‘{ $group }’ is van een soort die de leden geen licenties kan geven.
    .action = Maak een beveiligingsgroep met dezelfde mensen, wijs de producten eraan toe en noem die in tollgate.toml.
cause-group-products = { $people ->
    [0] ‘{ $group }’ wijst niet toe wat vereist is: { $requirements }.
    [one] ‘{ $group }’ wijst niet toe wat vereist is ({ $requirements }); { $people } persoon krijgt het niet.
   *[other] ‘{ $group }’ wijst niet toe wat vereist is ({ $requirements }); { $people } personen krijgen het niet.
}
    .action = Wijs de ontbrekende producten aan de groep toe, of schakel de ontbrekende apps en services in. Is dat niet de bedoeling, verbeter dan `require` in tollgate.toml.
cause-members-lack = { $people ->
    [one] { $people } lid van ‘{ $group }’ mist iets vereists dat de groep wel toewijst.
   *[other] { $people } leden van ‘{ $group }’ missen iets vereists dat de groep wel toewijst.
}
    .action = Laat de licenties van deze mensen opnieuw verwerken. Helpt dat niet, kijk dan welke apps en services bij hen zijn uitgeschakeld.
cause-guests = { $people ->
    [one] { $people } extern account is lid van ‘{ $group }’, een groep met licenties.
   *[other] { $people } externe accounts zijn lid van ‘{ $group }’, een groep met licenties.
}
    .action = Verwijder de accounts uit de groep, of verbeter de lidmaatschapsregel. Moeten externe mensen licenties hebben, geef ze dan een eigen groep en sluit die uit, of voeg een ontheffing met de reden toe.
cause-seats-waiting = { $free ->
    [0] Er is geen licentie voor { $sku } vrij: { cause-waits }
    [one] Er is maar { $free } licentie voor { $sku } vrij: { cause-waits }
   *[other] Er zijn maar { $free } licenties voor { $sku } vrij: { cause-waits }
}
    .action = { cause-buy-seats }
cause-waits = { $people ->
    [one] { $people } lid van { n-groups } wacht.
   *[other] { $people } leden van { n-groups } wachten.
}
cause-seats-demand = { $demand ->
    [one] { $demand } persoon moet { $sku } krijgen, en er zijn { $capacity } licenties.
   *[other] { $demand } personen moeten { $sku } krijgen, en er zijn { $capacity } licenties.
}
    .action = { cause-buy-seats }
cause-seats-consumed = Er zijn meer licenties voor { $sku } toegewezen dan de { $capacity } die er zijn.
    .action = { cause-buy-seats }
cause-seats-unread = { $people ->
    [one] { $people } persoon kreeg geen licentie voor { $sku }; of er nu een vrij is, is niet gelezen.
   *[other] { $people } personen kregen geen licentie voor { $sku }; of er nu vrij zijn, is niet gelezen.
}
    .action = Verleen de toepassing Organization.Read.All (of Directory.Read.All) en voer de audit opnieuw uit, voordat er iets wordt gekocht.
cause-buy-seats = { $short ->
    [0] Koop licenties bij, of neem het product af van mensen die het niet nodig hebben.
    [one] Koop minstens { $short } licentie bij, of neem het product af van mensen die het niet nodig hebben.
   *[other] Koop minstens { $short } licenties bij, of neem het product af van mensen die het niet nodig hebben.
} Ga dan na of de wachtende leden het krijgen, en laat hun licenties zo nodig opnieuw verwerken.
cause-subscription = { $people ->
    [0] Geen licentie voor { $sku } is bruikbaar, al wijzen groepen het toe.
    [one] Geen licentie voor { $sku } is bruikbaar; { $people } persoon moet het van een groep krijgen.
   *[other] Geen licentie voor { $sku } is bruikbaar; { $people } personen moeten het van een groep krijgen.
}
    .action = Koop het product, of activeer of vervang het abonnement; of laat de groepen een ander product toewijzen.
cause-refused-earlier = { $people ->
    [one] { $people } persoon kreeg { $sku } niet wegens een licentietekort, en inmiddels zijn er genoeg.
   *[other] { $people } personen kregen { $sku } niet wegens een licentietekort, en inmiddels zijn er genoeg.
}
    .action = Laat de licenties van deze mensen opnieuw verwerken; er hoeft niets te worden gekocht.
cause-plan-conflict = { $people ->
    [one] Het toewijzen van { $sku } aan { $people } persoon gaf een fout: een serviceplan ervan kan niet naast een serviceplan uit een ander product van deze persoon ({ $error }).
   *[other] Het toewijzen van { $sku } aan { $people } personen gaf een fout: een serviceplan ervan kan niet naast een serviceplan uit een ander product van hen ({ $error }).
}
    .action = Schakel een van de twee botsende apps en services uit op de groep, of neem het andere product af; laat de licenties dan opnieuw verwerken.
cause-plan-dependency = { $people ->
    [one] Het toewijzen van { $sku } aan { $people } persoon gaf een fout: een serviceplan hangt af van een ander dat ontbreekt, of een ander product hangt van dit product af ({ $error }).
   *[other] Het toewijzen van { $sku } aan { $people } personen gaf een fout: een serviceplan hangt af van een ander dat ontbreekt, of een ander product hangt van dit product af ({ $error }).
}
    .action = Wijs het serviceplan toe waar het andere van afhangt, of schakel het afhankelijke uit; laat de licenties dan opnieuw verwerken.
cause-usage-location = { $people ->
    [one] { $people } persoon krijgt geen licentie omdat een service niet wordt aangeboden op de gebruikslocatie.
   *[other] { $people } personen krijgen geen licentie omdat een service niet wordt aangeboden op hun gebruikslocatie.
}
    .action = Verbeter de gebruikslocatie, of haal deze mensen uit de groep; laat hun licenties dan opnieuw verwerken.
cause-address = { $people ->
    [one] { $people } persoon krijgt geen licentie omdat een adres twee keer in gebruik is.
   *[other] { $people } personen krijgen geen licentie omdat een adres twee keer in gebruik is.
}
    .action = Zoek de dubbele proxyadressen en verwijder er telkens een van de twee; laat de licenties van deze mensen dan opnieuw verwerken.
cause-service-error = { $people ->
    [one] Het toewijzen van { $sku } aan { $people } persoon gaf een fout: de service meldt { $error }.
   *[other] Het toewijzen van { $sku } aan { $people } personen gaf een fout: de service meldt { $error }.
}
    .action = Verhelp eerst wat er mis is met andere licenties van dezelfde mensen. Het auditlogboek van Microsoft Entra, activiteit ‘Change user license’, zegt misschien meer over de fout. Laat de licenties dan opnieuw verwerken.
cause-not-arrived = { $people ->
    [one] { $people } lid van ‘{ $group }’ mist een licentie die de groep toewijst, en de service meldt geen fout.
   *[other] { $people } leden van ‘{ $group }’ missen een licentie die de groep toewijst, en de service meldt geen fout.
}
    .action = Laat de licenties van deze mensen opnieuw verwerken. Helpt dat niet binnen een dag, open dan een ondersteuningsaanvraag.
cause-unknown-state = { $people ->
    [one] De licentie van { $people } persoon heeft een status die dit programma niet kent: { $state }.
   *[other] De licenties van { $people } personen hebben een status die dit programma niet kent: { $state }.
}
    .action = Bekijk de licenties van deze mensen. Heeft de service een nieuwe status, zoek dan een nieuwere versie van dit programma.
cause-nested = { $people ->
    [0] Licenties van ‘{ $outer }’ bereiken geneste groepen niet: de leden van ‘{ $through }’ krijgen ze niet.
    [one] Licenties van ‘{ $outer }’ bereiken geneste groepen niet: { $people } lid van ‘{ $through }’ krijgt { $products } niet.
   *[other] Licenties van ‘{ $outer }’ bereiken geneste groepen niet: { $people } leden van ‘{ $through }’ krijgen { $products } niet.
}
    .action = Maak deze mensen rechtstreeks lid van ‘{ $outer }’. Of een licentiebeheerder wijst { $count ->
    [0] de licenties
   *[other] { $products }
} toe aan ‘{ $through }’ zelf ({ -licenses-page }).
cause-left-behind = { $people ->
    [one] { $people } persoon is geen lid van ‘{ $group }’ en heeft er nog licenties van.
   *[other] { $people } personen zijn geen lid van ‘{ $group }’ en hebben er nog licenties van.
}
    .action = Laat de licenties van deze mensen opnieuw verwerken; het beheercentrum toont hen niet meer bij deze groep. Vaak hangt een ander product van hen van de licentie af; verhelp dat eerst.

role-billing = Factureringsbeheerder
role-license = Licentiebeheerder
role-groups = Groepenbeheerder, of de eigenaar van de groep
role-user = Gebruikersbeheerder
role-exchange = Exchange-beheerder
role-consent = Beheerder voor bevoorrechte rollen
role-plan = wie tollgate.toml bijhoudt
place-products = { -products-page }
place-licenses = { -licenses-page }
place-users = { -users-page }
place-groups = { -entra-center }, Groepen
place-deleted-groups = { -entra-center }, Groepen > Verwijderde groepen
place-exchange = Exchange-beheercentrum, Geadresseerden
place-reprocess = { -reprocess-call }
place-consent = { -entra-center }, App-registraties > API-machtigingen

### Waarom een verzameling niet tot het einde is gelezen; zinsdelen tussen haakjes en na een puntkomma

why-unknown = de scan noemt geen reden
why-recorded = { $error }
why-refused = geweigerd: { $error }; verleen { $permission } en beheerderstoestemming
why-busy = de service had het te druk: { $error }; voer de audit opnieuw uit op een rustiger moment, of heb meer geduld met --max-wait
why-service-failed = de service had een storing: { $error }; voer de audit later opnieuw uit
why-not-reached = de service is niet bereikt: { $error }; controleer het netwerk en de proxy-instellingen
why-not-understood = het antwoord was er geen van Graph: { $error }; controleer of een proxy antwoorden wijzigt
why-token-refused = het token werd niet meer geaccepteerd: { $error }; meld u opnieuw aan, of zet een nieuw token in TOLLGATE_ACCESS_TOKEN
why-failed = de aanvraag is mislukt: { $error }
why-too-few = { $read ->
    [one] er kwam { $read } van { $expected } objecten, al zijn alle pagina's gelezen
   *[other] er kwamen { $read } van { $expected } objecten, al zijn alle pagina's gelezen
}
why-names-alike = als één lijst gelezen: de aanmeldingsnamen zijn niet in delen van ongeveer één grootte te verdelen
why-not-divided = als één lijst gelezen: het verdelen in delen is niet gelukt: { $error }
why-part-failed = als één lijst gelezen: een deel was niet te lezen: { $error }
why-part-too-few = als één lijst gelezen: van het deel “{ $part }” kwamen { $read } van de { $expected } gebruikers, hoewel alle pagina’s ervan gelezen zijn
why-not-all-asked = er zijn maar { $asked } leden bij hun id opgevraagd
why-object-not-understood = een object was niet te begrijpen: { $error }

### Wat bewijs verlangt, in woorden

wanted-targets = de groepen die voor automatische licenties zijn aangewezen
wanted-a-target = ten minste één doel dat wordt beoordeeld
wanted-not-deleted = een groep die niet in de prullenbak ligt
wanted-user-rule = een regel over gebruikers
wanted-licensed-group = ten minste één groep met licenties
wanted-eligible-group = een groep van gebruikers die licenties kan krijgen
wanted-plans-on = ingeschakeld: { $missing }
wanted-planned-group = een groep die de configuratie noemt
wanted-security-group = een beveiligingsgroep
wanted-a-user = ten minste één gebruiker
wanted-no-guest = geen gast
wanted-no-external-mark = geen #EXT# erin
wanted-no-external-account = geen extern account
wanted-user-type-test = een toets op user.userType
wanted-active-entry = een toewijzing via de groep met status Active, zonder fout
wanted-usable-seats = Enabled of Warning, en enabled + warning >= 1
wanted-status-in-force = Enabled of Warning
wanted-enabled-units = in plaats daarvan actieve eenheden
wanted-no-count-violation = geen CountViolation
wanted-from-group-only = alleen een toewijzing via de groep
wanted-entry-from-group = een toewijzing via de groep
wanted-from-a-group = een toewijzing via een groep
wanted-country-code = een landcode
wanted-direct-member = een rechtstreeks lid van de groep met licenties
wanted-users-as-direct-members = de gebruikers ervan als rechtstreekse leden
wanted-nothing-left = geen toewijzing via een groep waarvan de gebruiker geen lid is
wanted-narrow-waiver = een ontheffing die van kracht is en iets in het bijzonder dekt

### De terminal

number = { $number }
title = Afsluitcriterium licenties op groepsbasis
demo = Demonstratie: deze tenant is gesimuleerd.
redacted = Personen staan er met pseudoniemen in; groepen en producten met hun namen.
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
    [one] en nog { $count } soort bevinding: { $codes }
   *[other] en nog { $count } soorten bevindingen: { $codes }
}
more-gaps = { $count ->
    [one] en nog { $count } soort hiaat: { $codes }
   *[other] en nog { $count } soorten hiaten: { $codes }
}
of-people-and-groups = { n-people } in { n-groups }
waivers = Ontheffing
waiver-line = { n-violations }, geaccepteerd door { $owner } tot en met { $expires }: { $reason }
gaps = Niet bekend
advisories = Aandachtspunten
seats = Licenties
column-product = product
column-enabled = actief
column-warning = respijt
column-consumed = toegewezen
column-free = vrij
column-demand = nodig
column-waiting = wachtend
column-planned = gepland
seats-formula = vrij = actief + respijt − toegewezen · nodig = verschillende personen in de groepen met licenties, of met het product rechtstreeks · wachtend = leden zonder. Eén persoon kost één licentie per product, hoe vaak het ook is toegewezen.
seats-planned = gepland = leden van doelen die het product krijgen zodra hun groep het toewijst; telt niet mee in het oordeel.
seats-lower-bound = * Niet iedereen is gelezen: nodig en wachtend zijn ondergrenzen.
folded = { $count ->
    [one] Daaruit volgt nog { $count } bevinding; die staat erbij in de bestanden.
   *[other] Daaruit volgen nog { $count } bevindingen; die staan erbij in de bestanden.
}
left-to-csv = Meer dan { $count } rijen is te veel voor een werkblad: deze tabel staat in { $file }.
more-in-table = { $count ->
    [one] Nog één staat in findings.csv.
   *[other] Nog { $count } staan in findings.csv.
}
coverage = Niet tot het einde gelezen
coverage-line = { $collection }: { $read } gelezen, { $expected } verwacht; { $why }
coverage-members = { $collection } (leden van ‘{ $group }’)
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
    [one] { $people } gebruiker is opnieuw gelezen alvorens te worden gemeld; { n-cleared }.
   *[other] { $people } gebruikers zijn opnieuw gelezen alvorens te worden gemeld; { n-cleared }.
}
scan-reread-sample = Bij { $accused } gebruikers was iets mis; een steekproef van { $people } is opnieuw gelezen alvorens te worden gemeld, en { n-cleared }.
n-cleared = { $cleared ->
    [0] geen enkele bleek intussen in orde
    [one] { $cleared } bleek intussen in orde
   *[other] { $cleared } bleken intussen in orde
}

### Which groups are suitable: the reasons; the attribute `next` says what to do

suit-licensed = Aan elk criterium is voor deze groep voldaan, voor zover het op deze groep slaat. De groep wijst toe: { $products }.
suit-worth = Van { $people ->
    [one] { $people } persoon
   *[other] { $people } personen
}: { $direct } met de producten rechtstreeks, { $without } zonder{ $blocked ->
    [0] {""}
   *[other] {" "}(van wie { $blocked } zich niet mogen aanmelden)
}, { $grouped } via een andere groep.
    .next = Een licentiebeheerder wijst de producten aan de groep toe ({ -licenses-page }).{ $direct ->
    [0] {""}
   *[other] {" "}Zijn ze aangekomen, dan kunnen rechtstreekse toewijzingen van dezelfde producten weg ({ -users-page }).
}
suit-planned = De configuratie noemt de groep als doel, en er zijn nog geen licenties aan toegewezen. Van { $people ->
    [one] { $people } persoon
   *[other] { $people } personen
}: { $direct } met de producten rechtstreeks, { $without } zonder{ $blocked ->
    [0] {""}
   *[other] {" "}(van wie { $blocked } zich niet mogen aanmelden)
}, { $grouped } via een andere groep.
    .next = Een licentiebeheerder wijst de producten aan de groep toe ({ -licenses-page }).{ $direct ->
    [0] {""}
   *[other] {" "}Zijn ze aangekomen, dan kunnen rechtstreekse toewijzingen van dezelfde producten weg ({ -users-page }).
}
suit-guests = { $guests ->
    [one] { $guests } extern account is lid en zou de licenties ook krijgen.
   *[other] { $guests } externe accounts zijn lid en zouden de licenties ook krijgen.
}
    .next = { $dynamic ->
    [1] Beperk de lidmaatschapsregel zo dat externe accounts afvallen ({ -entra-center }, Groepen).
   *[0] Haal de externe accounts uit de groep, of maak een andere groep voor de interne mensen ({ -entra-center }, Groepen).
}
suit-nested = { $nested ->
    [one] { $nested } persoon zit alleen in een geneste groep ({ $through }), waar licenties niet komen.
   *[other] { $nested } personen zitten alleen in geneste groepen ({ $through }), waar licenties niet komen.
}
    .next = { $dynamic ->
    [1] Verruim de lidmaatschapsregel zo dat de mensen van de geneste groepen erin vallen, of geef die groepen zelf licenties.
   *[0] Maak die mensen rechtstreeks lid ({ -entra-center }, Groepen), of geef de geneste groepen zelf licenties.
}
suit-rule-paused = De lidmaatschapsregel is onderbroken: wie erbij komt of weggaat, zou niet worden opgemerkt.
    .next = Een groepenbeheerder hervat de regel ({ -entra-center }, Groepen, de regels voor dynamisch lidmaatschap van de groep).
suit-not-security-enabled-yet = Het is een Microsoft 365-groep waarvoor beveiliging niet is ingeschakeld, en zo’n groep kan geen licenties doorgeven.
    .next = Zet securityEnabled van de groep op true (Microsoft Graph of PowerShell), nadat u hebt bekeken wie de leden mag wijzigen; of maak een beveiligingsgroep met dezelfde leden.
suit-not-security-enabled = Het is een Microsoft 365-groep waarvoor beveiliging niet is ingeschakeld; die kan geen licenties doorgeven, en de leden zijn niet bekeken.
    .next = Of een wijziging de moeite waard is, laat `tollgate groups --members all` zien.
suit-distribution-list = Het is een distributielijst en geen beveiligingsgroep; die kan geen licenties doorgeven.
    .next = Moeten deze mensen licenties krijgen, maak dan een beveiligingsgroep voor hen.
suit-device-rule = De lidmaatschapsregel verzamelt apparaten, en apparaten krijgen geen licenties.
suit-only-devices = { $others ->
    [one] Het enige lid is een apparaat, toepassing of contactpersoon, en die krijgen geen licenties.
   *[other] De { $others } leden zijn apparaten, toepassingen of contactpersonen, en die krijgen geen licenties.
}
suit-only-guests = { $guests ->
    [one] Het enige lid is een extern account.
   *[other] Alle { $guests } leden zijn externe accounts.
}
suit-empty = De groep heeft geen leden.
suit-hidden = De groep verbergt de leden, en geen ervan was te lezen; niemand kan dus nagaan wie een licentie zou krijgen.
    .next = Ken de toepassing ook Member.Read.Hidden toe om de groep te laten beoordelen.
suit-excluded = De configuratie laat deze groep weg.
suit-already-covered = De meeste mensen erin krijgen de producten al via een andere groep. Van { $people ->
    [one] { $people } persoon
   *[other] { $people } personen
}: { $grouped } via een andere groep, { $direct } rechtstreeks, { $without } zonder.
suit-no-need = Bijna niemand erin zou erop vooruitgaan. Van { $people ->
    [one] { $people } persoon
   *[other] { $people } personen
}: { $direct } met de producten rechtstreeks, { $without } zonder (van wie { $blocked } zich niet mogen aanmelden), { $grouped } via een andere groep.
suit-nested-in-licensed = De groep is genest in ‘{ $outer }’, een groep met licenties, waarvan de leden van deze groep niets krijgen.
suit-no-owner = Er is geen eigenaar te zien aan wie iets kan worden gevraagd.
suit-rule-admits-guests = De lidmaatschapsregel toetst user.userType niet en kan dus gasten toelaten.
    .next = Voeg -and (user.userType -eq "Member") toe aan de regel.
suit-others = { $others ->
    [one] { $others } lid is een apparaat, toepassing of contactpersoon, en krijgt geen licentie.
   *[other] { $others } leden zijn apparaten, toepassingen of contactpersonen, en krijgen geen licenties.
}
suit-no-product = De tenant heeft geen product dat Office 365 en EMS levert; er is dus nog niets toe te wijzen.
    .next = Koop de producten ({ -products-page }).
suit-seats-unknown = Hoeveel licenties er vrij zijn, was niet te lezen.
    .next = Ken de toepassing Organization.Read.All toe (of Directory.Read.All) en voer de opdracht opnieuw uit.

### Which groups are suitable: the page

class-suitable = Geschikt
class-suitable-after-change = Geschikt na een wijziging
class-licensed-but-wrong = Met licenties, maar er is iets mis
class-licensed = Met licenties, zoals het hoort
class-unknown = Niet bekend
class-unsuitable = Niet geschikt
kind-security = beveiligingsgroep
kind-mail-enabled-security = beveiligingsgroep met e-mail
kind-microsoft-365 = Microsoft 365-groep
kind-distribution-list = distributielijst
kind-unknown = soort onbekend
suit-title = Groepen voor automatische licenties
suit-summary = { n-groups }: { $counts }.
suit-ranking = Op volgorde van wat ervoor pleit: eerst doelen, dan groepen waarvoor de licenties toereikend zijn, dan naar het aantal mensen dat erop vooruitgaat (rechtstreekse licenties die automatisch worden, en mensen zonder).
suit-better-off = { $people ->
    [0] niemand gaat erop vooruit
    [one] { $people } persoon gaat erop vooruit
   *[other] { $people } personen gaan erop vooruit
}
suit-members = { $members ->
    [one] { $members } lid
   *[other] { $members } leden
}
suit-members-external = { $guests ->
    [one] { $guests } extern
   *[other] { $guests } extern
}
suit-members-nested = { $nested ->
    [one] { $nested } persoon in geneste groepen
   *[other] { $nested } personen in geneste groepen
}
suit-members-unknown = leden niet bekend
suit-by-rule = met regel
suit-target = doel
suit-need = Zou { $product } toewijzen: { $seats ->
    [0] geen licentie meer dan nu
    [one] { $seats } licentie meer
   *[other] { $seats } licenties meer
}, { $free } vrij{ $short ->
    [0] .
   *[other] {""}; { $short } te weinig.
}
suit-buy = { $short ->
    [one] Eerst koopt een factureringsbeheerder { $short } licentie voor { $product } ({ -products-page }), anders wachten de leden voor wie er geen is.
   *[other] Eerst koopt een factureringsbeheerder { $short } licenties voor { $product } ({ -products-page }), anders wachten de leden voor wie er geen zijn.
}
suit-need-unknown = Zou { $product } toewijzen: { $seats ->
    [0] geen licentie meer dan nu
    [one] { $seats } licentie meer
   *[other] { $seats } licenties meer
}; hoeveel er vrij zijn, is niet bekend.
suit-covered = Krijgen de producten erbij: { $names }
suit-owners = { $more ->
    [yes] Eigenaren ({ $count } of meer)
   *[no] { $count ->
        [one] Eigenaar
       *[other] Eigenaren
    }
}: { $names }
suit-owners-unread = Eigenaren van groepen zijn niet gelezen: { $why }.
suit-owners-not-asked = Eigenaren van groepen zijn niet gelezen toen de momentopname werd gemaakt.
suit-overlap = Deelt leden met { $names }
suit-overlap-name = ‘{ $group }’ ({ $shared })
suit-times = { $count ->
    [one] {""}
   *[other] {" "}({ $count } keer)
}
suit-more-groups = { $count ->
    [one] en nog { $count } groep
   *[other] en nog { $count } groepen
}
suit-also = Ook goed om te weten
suit-left-out = { $count ->
    [one] { $count } groep past niet bij --match en is niet beoordeeld.
   *[other] { $count } groepen passen niet bij --match en zijn niet beoordeeld.
}
suit-products = ‘De producten’ zijn de producten met heel Office 365 E3 of heel EMS E3: { $products }.
suit-products-none = De tenant heeft geen product dat Office 365 E3 of EMS E3 in zijn geheel levert.
suit-decide = Of mensen zonder de producten ze moeten hebben, beslist u: `tollgate init` schrijft de groepen in een configuratie.
suit-no-files = Alle groepen: --print json, of --out MAP voor groups-suitability.csv.

### Explaining a user or a group

explain-id = Id
explain-read = Gelezen
explain-read-at = { $when } UTC
explain-account = Account
explain-internal = intern
explain-external = extern (B2B)
explain-user-type = gebruikerstype { $type }
explain-enabled = mag zich aanmelden
explain-blocked = mag zich niet aanmelden
explain-location = gebruikslocatie { $location }
explain-no-location = geen gebruikslocatie
explain-unreadable = alleen het id was te lezen
explain-short = Kort gezegd
explain-short-fail = { $criteria ->
    [one] Aan { $criteria } van de { $all } criteria is hier niet voldaan.
   *[other] Aan { $criteria } van de { $all } criteria is hier niet voldaan.
}
explain-short-inconclusive = Nog niet alles is bekend: { $criteria } van de { $all } criteria zijn hier niet te beantwoorden.
explain-short-pass = Hier is niets mis, voor zover het om de criteria gaat.
explain-short-not-applicable = { $user ->
    [yes] Geen criterium gaat over deze persoon: er is geen beoordeelde groep met deze persoon als lid, voor zover leden zijn gelezen.
   *[no] Geen criterium gaat over deze groep: die heeft geen licenties en is geen doel van de configuratie.
}
explain-short-accepted = Wat hier mis is, is aanvaard met ontheffingen.
explain-worth = Goed om te weten
explain-groups = Groepen
explain-no-groups = Lid van geen enkele groep waarvan de leden zijn gelezen.
explain-member-direct = ‘{ $group }’: rechtstreeks lid; { $gives }.
explain-member-nested = ‘{ $group }’: alleen via de geneste groep { $through }, waar licenties niet komen; { $gives }.
explain-gives = de groep wijst { $products } toe
explain-gives-nothing = de groep wijst niets toe
explain-left-out = de configuratie laat deze groep weg
explain-unread-groups = { $count ->
    [one] De leden van { $count } groep zijn niet gelezen; er kunnen dus meer zijn. Met `tollgate scan --members all` worden ze gelezen.
   *[other] De leden van { $count } groepen zijn niet gelezen; er kunnen dus meer zijn. Met `tollgate scan --members all` worden ze gelezen.
}
explain-licenses = Licenties
explain-no-licenses = Geen, uit geen enkele bron.
explain-licenses-unread = Niet bekend: licenseAssignmentStates was niet te lezen.
explain-entry = { $product }, { $source }: { $state }
explain-source-direct = rechtstreeks toegewezen
explain-source-group = van ‘{ $group }’
explain-source-not-member = van ‘{ $group }’, waarvan het account geen lid is
explain-source-gone = van een groep die niet meer bestaat ({ $group })
explain-state-plain = { $state }
explain-state-error = { $state } ({ $error })
explain-state-null = geen status
explain-not-in-force = ; de licenties ervan zijn niet van kracht
explain-plans-off = ; uitgeschakeld: { $plans }
explain-more = { $count ->
    [one] en nog { $count }
   *[other] en nog { $count }
}
explain-suites = Wat dat oplevert
explain-suites-group = Wat de groep toewijst
explain-suite-e3 = { $suite }: volledig, editie E3
explain-suite-e5 = { $suite }: volledig, editie E5
explain-suite-incomplete = { $suite }: niet volledig
explain-suite-nothing = { $suite }: niets daarvan
explain-part-by = { $part }: uit { $products }
explain-part-off = { $part }: ontbreekt; uitgeschakeld in { $products }
explain-part-lacking = { $part }: ontbreekt
explain-criteria = Hoe elk criterium het ziet
explain-nothing-found = Bekeken, en er is niets mis.
explain-not-concerned = { $criterion ->
    [groups-configured] { $user ->
        [yes] Dit gaat over groepen en niet over losse personen.
       *[no] Dit gaat over doelen en over groepen met licenties, en dit is geen van beide.
    }
   *[other] Hier valt niets te beoordelen.
}
explain-rests-on = Berust op
explain-evidence = { $seen }. Verlangd: { $wanted }. Gelezen { $when } UTC.
explain-members-of = leden van ‘{ $group }’
explain-evidence-null = niets
explain-evidence-not-member = deze persoon is niet bij de { $users ->
    [one] { $users } gebruiker
   *[other] { $users } gebruikers
}
explain-evidence-demand = { $groups ->
    [one] { $demand } nodig in { $groups } groep, { $waiting } wachtend
   *[other] { $demand } nodig in { $groups } groepen, { $waiting } wachtend
}
explain-to-pass = Wat eraan te doen is
explain-waived = aanvaard door { $owner } tot en met { $expires }: { $reason }
explain-folded = Volgt daaruit
explain-group-kind = Soort
explain-group-members = Leden
explain-group-rule = Lidmaatschapsregel
explain-rule-paused = onderbroken
explain-group-state = Licentieverwerking
explain-group-target = Doel
explain-requires = vereist { $requirements }
explain-no-target = geen doel van de configuratie
explain-group-nested = Bevat groepen
explain-group-nested-in = Genest in
explain-products = Wijst toe
explain-product = { $product }{ $free ->
    [unknown] ; vrije licenties niet bekend
   *[other] ; { $free } vrij
}
explain-as-candidate = Voor automatische licenties
explain-deleted = ‘{ $group }’ ({ $id }) ligt in de prullenbak sinds { $since }; een verwijderde groep geeft niemand licenties. Binnen 30 dagen is een groep te herstellen ({ -entra-center }, Groepen > Verwijderde groepen).

### A first configuration

draft-head = Geschreven door `tollgate init`. Het noemt de groepen die mensen automatisch licenties moeten geven.
draft-check = Lees het, wijzig wat niet zo bedoeld is, en voer dan `tollgate audit` uit.
draft-incomplete = Een lijst is niet tot het einde gelezen: er kunnen hier groepen ontbreken.
draft-targets = { $count ->
    [0] Geen enkele groep heeft nu licenties.
    [one] { $count } groep heeft nu licenties.
   *[other] { $count } groepen hebben nu licenties. De groepen die Office 365 of EMS toewijzen zijn doelen.
}
draft-nothing-for-users = De groep wijst niets aan gebruikers toe en is dus geen doel.
draft-lacks = De groep wijst { $suite } niet toe. Zoals het hier staat hebben de leden beide suites nodig, zoals het criterium verlangt; hebben ze niet meer nodig dan de groep toewijst, haal dan het teken weg:
draft-lacks-both = De groep wijst Office 365 noch EMS toe en is dus niet wat het criterium vraagt. Is de groep toch bedoeld, haal dan de tekens weg:
draft-proposals = { $count ->
    [0] Geen groep zonder licenties is geschikt.
    [one] { $count } groep zonder licenties is geschikt. Haal de tekens ervoor weg als u ertoe besluit.
   *[other] { $count } groepen zonder licenties zijn geschikt. Haal de tekens weg voor de groepen waartoe u besluit.
}
draft-short = Er zouden licenties ontbreken: { $names }.
draft-short-product = { $short } voor { $product }
draft-more = { $count ->
    [one] en nog { $count }: `tollgate groups` toont deze.
   *[other] en nog { $count }: `tollgate groups` toont ze.
}
draft-unknown = { $count ->
    [one] Van { $count } groep is niet genoeg bekend: `tollgate groups` zegt waarom.
   *[other] Van { $count } groepen is niet genoeg bekend: `tollgate groups` zegt waarom.
}
draft-scope = Wat buiten de beoordeling blijft; elk rapport toont het.
draft-seats = Wanneer weinig vrije licenties en aflopende abonnementen worden gemeld.

### Wat het programma zegt terwijl het werkt, en de andere opdrachten

reveal-unknown = { $count ->
    [one] { $count } pseudoniem is met een andere sleutel gemaakt en blijft staan.
   *[other] { $count } pseudoniemen zijn met een andere sleutel gemaakt en blijven staan.
}
demo-note = Dit is een demonstratie: een gesimuleerde tenant, aangeboden en gelezen op deze computer.
snapshot-written = Momentopname geschreven naar { $file }; die bevat persoonsgegevens.
journal-given-up = { $file }.journal is van een onderbroken scan en wordt niet gebruikt: deze scan begint opnieuw. ‘tollgate scan --save { $file } --resume’ zou daar verdergaan.
journal-kept = Niet alles was te lezen, en wat gelezen is blijft bewaard: “tollgate scan --save { $file } --resume” leest wat ontbreekt, met de opties van deze keer.
plan-collection = verzameling
plan-objects = objecten
plan-requests = aanvragen
plan-units = resource-eenheden
plan-all = samen
plan-note = Een schatting uit tellingen; verder is niets gelezen. Bij leden zijn de objecten de groepen waarvan de lijsten gelezen worden, en de pagina’s ervan volgen uit het aantal gebruikers met een licentie. Geneste groepen, aanvragen die herhaald moeten worden en gebruikers die nog eens gelezen worden alvorens te worden gemeld, komen erbij.
scan-written = Momentopname geschreven naar { $file }: { $users ->
    [one] { $users } gebruiker
   *[other] { $users } gebruikers
}, { $groups ->
    [one] { $groups } groep
   *[other] { $groups } groepen
}, { $requests ->
    [one] { $requests } aanvraag
   *[other] { $requests } aanvragen
}. De momentopname bevat persoonsgegevens.
not-read-completely = Niet tot het einde gelezen: { $collection }: { $why }
groups-cost = De leden van { $at-most ->
    [yes] ten hoogste
   *[no] ongeveer
} { $groups ->
    [one] { $groups } groep
   *[other] { $groups } groepen
} worden gelezen: { $at-most ->
    [yes] ten hoogste
   *[no] ongeveer
} { $requests } aanvragen en { $units } resource-eenheden.
groups-snapshot-lacks = De leden van { $count ->
    [one] { $count } groep
   *[other] { $count } groepen
} staan niet in de momentopname; `tollgate scan --members all --save FILE` maakt er een waarin ze staan.
init-written = { $file } is geschreven. Lees het, en voer dan `tollgate audit --config { $file }` uit.
wrote-file = { $file } geschreven
signing-in = aanmelden met { $method ->
    [secret] clientgeheim
   *[other] { $method }
}, want { $because }; Graph op { $graph }
progress-users = gebruikers
progress-groups = groepen
progress-members = leden
progress-read-again = opnieuw gelezen
rules-more = `tollgate explain CODE` zegt wat een code betekent en wat u kunt doen.
permission-reads = leest: { $reads }
permission-without = niet te beoordelen zonder: { $criteria }
permission-instead = facultatief: in de plaats van GroupMember.Read.All waar die de licenties van groepen niet toont, en voor de prullenbak
permission-hidden = facultatief: alleen waar groepen met verborgen lidmaatschap licenties hebben
permission-directory = Directory.Read.All alleen leest hetzelfde, verborgen lidmaatschap uitgezonderd. docs/permissions.md laat zien hoe u ze verleent.

### tollgate doctor

state-ok = goed
state-warn = let op
state-missing = ontbreekt
state-failed = mislukt
doctor-configuration = { $file ->
    [none] geen bestand
   *[other] { $file }
}; { $targets ->
    [0] geen doelen, dus gelden de groepen met licenties
    [one] { $targets } doel
   *[other] { $targets } doelen
}; Graph op { $graph }
doctor-sign-in = met { $method ->
    [secret] clientgeheim
   *[other] { $method }
}, want { $because }
doctor-sign-in-failed = met { $method ->
    [secret] clientgeheim
   *[other] { $method }
}, want { $because }: { $error }
doctor-token-no-jwt = machtigingen onbekend: het token is niet leesbaar (geen JWT)
doctor-token-empty = machtigingen onbekend: het token heeft geen `roles` en geen `scp`
doctor-token-unknown = niets, als het lezen hieronder lukt: dat laat zien wat het token toestaat
doctor-token = { $kind ->
    [delegated] gedelegeerd
   *[other] toepassing
}{ $tenant ->
    [none] { "" }
   *[other] , tenant { $tenant }
}{ $until ->
    [none] { "" }
   *[other] , tot { $until }
}; { $held }
doctor-token-missing = verleen { $missing } en beheerderstoestemming{ $excess ->
    [none] { "" }
   *[other] ; meer dan een audit nodig heeft: { $excess }; gebruik een identiteit die alleen mag lezen
}
doctor-token-excess = meer dan een audit nodig heeft: { $excess }; gebruik een identiteit die alleen mag lezen
doctor-can-be-read = leesbaar
doctor-no-licenses-of-group = leesbaar, maar de licenties van de eerste groep worden niet getoond
doctor-no-licenses = leesbaar, maar de licenties van het eerste object worden niet getoond
doctor-grant = verleen { $permission } en beheerderstoestemming
doctor-grant-larger = verleen { $permission } en beheerderstoestemming; een kleinere machtiging toont ze niet
doctor-grant-or-role = verleen { $permission } en beheerderstoestemming; een gebruiker heeft ook een rol zoals Global Reader nodig
doctor-grant-bin = een audit kan zonder; om te kunnen zeggen of een ontbrekend doel is verwijderd: verleen { $permission } met beheerderstoestemming
doctor-error = { $error }
doctor-hint = { $hint }
doctor-no-hint = controleer de Graph-URL en voer het later opnieuw uit
doctor-clock-unknown = de server zegt niet hoe laat het is
doctor-clock-as-of = geef audit de dag met --as-of, anders geldt de klok van deze computer
doctor-clock-right = verschilt { $seconds } s van die van de server
doctor-clock-ahead = deze computer loopt { $seconds } s voor op de server, die { $server } zegt
doctor-clock-behind = deze computer loopt { $seconds } s achter op de server, die { $server } zegt
doctor-clock-set = zet de klok van deze computer gelijk; aanmelden met een certificaat wordt geweigerd waar klokken verschillen
doctor-proxy = { $proxy ->
    [none] HTTPS_PROXY is niet ingesteld
   *[other] { $proxy } is { $url }
}; { $no-proxy ->
    [none] NO_PROXY is niet ingesteld
   *[other] { $no-proxy } is { $hosts }
}; nooit gebruikt voor deze computer zelf
doctor-tls-plain = http zonder versleuteling naar { $host }, deze computer zelf
doctor-tls = https naar { $host }; het certificaat wordt vertrouwd door { $file ->
    [none] het systeem
   *[other] het systeem of { $file }
}
doctor-consent = Een audit heeft deze machtigingen van Microsoft Graph nodig, met beheerderstoestemming:
doctor-consent-ids = De id's zijn die voor een toepassing. Een gebruiker (cli, device) neemt de gedelegeerde machtigingen met dezelfde namen en een rol die de directory leest, zoals Global Reader.
doctor-consent-cli = Met de Azure CLI, voor een toepassing:

### Vaste woorden van het deel dat aanmeldt en leest; de Engelse tekst wordt opgezocht

phrase-set-token = TOLLGATE_ACCESS_TOKEN is ingesteld
phrase-set-secret = AZURE_CLIENT_SECRET is ingesteld
phrase-set-certificate = AZURE_CLIENT_CERTIFICATE_PATH is ingesteld
phrase-set-workload = AZURE_FEDERATED_TOKEN_FILE is ingesteld
phrase-set-pipelines = de variabelen van een serviceverbinding van Azure Pipelines zijn ingesteld
phrase-set-managed = IDENTITY_ENDPOINT en IDENTITY_HEADER zijn ingesteld
phrase-set-nothing = de omgeving kondigt niets anders aan
phrase-asked = daarom is gevraagd
phrase-no-tenant = er is geen tenant met die naam: controleer de tenant-id, en of de tenant in een andere cloud is (--cloud)
phrase-national-cloud = de tenant of toepassing is in een andere nationale cloud: kies die met --cloud
phrase-no-application = de toepassing is niet in deze tenant: controleer AZURE_CLIENT_ID en de tenant, en verleen beheerderstoestemming
phrase-wrong-secret = het clientgeheim klopt niet: AZURE_CLIENT_SECRET moet de waarde van het geheim zijn, niet de id
phrase-old-secret = het clientgeheim is verlopen: maak een nieuw voor de toepassing
phrase-no-public-client = de toepassing is geen openbare client: geef een geheim, of sta openbare clientstromen toe
phrase-public-client = de toepassing is een openbare client en mag geen geheim sturen
phrase-certificate-not-registered = het certificaat is niet bij de toepassing geregistreerd: upload het certificaat dat AZURE_CLIENT_CERTIFICATE_PATH noemt
phrase-certificate-refused = het certificaat wordt niet geaccepteerd: controleer of het geldig is en bij de toepassing is geregistreerd
phrase-assertion-time = de ondertekende assertie is nu niet geldig: controleer de klok van deze computer
phrase-no-federation = de toepassing vertrouwt deze uitgever, dit onderwerp of deze doelgroep niet: vergelijk de gefedereerde referentie met het token
phrase-entra-assertion = een token van Entra ID kan niet voor een toepassing staan: de assertie moet van een andere uitgever komen
phrase-scope = het bereik wordt niet geaccepteerd: het moet de oorsprong van Graph zijn met /.default (--scope)
phrase-unknown-graph = de tenant kent deze Graph niet: controleer --cloud, --graph-url en --scope
phrase-consent = een beheerder moet eerst toestemming geven voor de machtigingen van de toepassing
phrase-application-disabled = de toepassing is uitgeschakeld of onbekend in deze tenant
phrase-conditional-access = voorwaardelijke toegang blokkeert deze aanmelding: vraag om een uitzondering voor de toepassing
phrase-multi-factor = meervoudige verificatie is vereist: meld u opnieuw aan, of gebruik een toepassing
phrase-device-waits = het aanmelden met de apparaatcode wacht nog op de gebruiker
phrase-device-wrong = de apparaatcode is onjuist of verlopen: begin opnieuw met aanmelden
phrase-sign-in-ended = de aanmelding is verlopen: meld u opnieuw aan
phrase-common = deze aanmelding heeft een tenant-id nodig, niet `common` of `consumers`
phrase-sign-in-busy = de aanmeldingsservice heeft het druk: probeer het over enkele minuten opnieuw
phrase-ca-file = geef de certificeringsinstantie van uw proxy of server met --ca-file
phrase-host-name = controleer de hostnaam, het netwerk en de proxy-instellingen
phrase-network = controleer het netwerk en de proxy-instellingen (HTTPS_PROXY, NO_PROXY)
phrase-throttled = voer het later opnieuw uit, als de tenant het minder druk heeft, of heb meer geduld met --max-wait
phrase-server = voer het later opnieuw uit; de service had een storing
phrase-proxy-changes = controleer of een proxy de antwoorden wijzigt, en voer het dan opnieuw uit
phrase-graph-url = controleer de Graph-URL, en of er een proxy tussen zit
phrase-authority-url = controleer de authority-URL, en of er een proxy tussen zit
phrase-old-token = het token in TOLLGATE_ACCESS_TOKEN is verlopen of voor iets anders: haal een nieuw
phrase-other-graph = controleer --cloud, --graph-url en --scope: het token is misschien voor een andere Graph
phrase-managed-identity = wijs een beheerde identiteit aan deze machine toe; heeft die er meer, dan moet AZURE_CLIENT_ID er een noemen
phrase-no-managed-identity = hier antwoordt geen service voor beheerde identiteiten: gebruik een andere --auth
phrase-pipelines = controleer AZURESUBSCRIPTION_SERVICE_CONNECTION_ID, en of de stap SYSTEM_ACCESSTOKEN: $(System.AccessToken) doorgeeft
phrase-credentials = stel AZURE_TENANT_ID, AZURE_CLIENT_ID en AZURE_CLIENT_SECRET in (docs/permissions.md zegt hoe u ze krijgt), of voer `az login` uit; `tollgate audit --demo` heeft geen van beide nodig
phrase-federated-token = AZURE_FEDERATED_TOKEN_FILE noemt het bestand met het token van de andere uitgever
phrase-https = gebruik https, of geef een token van die server in TOLLGATE_ACCESS_TOKEN
phrase-pem = --ca-file neemt een PEM-bestand, met regels `-----BEGIN CERTIFICATE-----`
phrase-sooner = voer het opnieuw uit, en meld u sneller aan
phrase-certificate-file = AZURE_CLIENT_CERTIFICATE_PATH noemt een PEM-bestand met een certificaat en de bijbehorende persoonlijke sleutel

### De pagina: report.html en report.md

n-findings = { $findings ->
    [one] { $findings } bevinding
   *[other] { $findings } bevindingen
}

page-skip = Direct naar de bevindingen
page-contents = Inhoud
page-verdict = Oordeel
page-criterion = Het afsluitcriterium
page-statement = Licenties op groepsbasis zijn ingeschakeld voor de beveiligingsgroepen die daarvoor geschikt zijn, zodat licenties voor zowel Office 365 als EMS automatisch worden toegewezen en ingetrokken.
page-source = In onze woorden. Microsoft 365 Enterprise, fase Identiteit, stap 12 ‘Automatische licentie instellen’, editie van januari 2019.
page-level = Niveau
page-level-optional = Optioneel: Microsoft vraagt om het te overwegen voordat de fase wordt afgesloten. Geldt voor zowel E3 als E5.
page-level-required = Vereist.
page-cost = Bij overslaan
page-cost-text = Iemand moet met de hand licenties toewijzen aan elke nieuwe gebruiker die Office 365 en EMS moet krijgen, en ze met de hand intrekken bij iedereen die vertrokken is of ze niet meer hoort te hebben.
page-criteria = Criteria en bevindingen
page-all-shown = { $total ->
    [0] Er zijn geen bevindingen en geen hiaten.
    [one] De enige bevinding staat hieronder.
   *[other] Alle { $total } bevindingen en hiaten staan hieronder, de ergste eerst.
}
page-chosen = Hieronder staan { $shown } van { $total } bevindingen en hiaten: van elke soort de eerste { $each }, en verder zoveel als er passen, overtredingen vóór hiaten, hiaten vóór overtredingen met ontheffing, en die vóór aandachtspunten. Alles staat in findings.csv en result.json.
page-filter = Bevindingen zoeken en filteren
page-search = Zoeken
page-filter-all = alle
page-filter-criterion = Criterium
page-filter-severity = Ernst
page-filter-code = Code
page-filter-group = Groep
page-sort = Volgorde
page-sort-worst = de ergste eerst
page-sort-code = op code
page-sort-group = op groep
page-sort-name = op persoon
page-count = Getoond: { $shown } van { $all }
page-open-all = Alles openen
page-close-all = Alles sluiten
page-reset = Wissen
page-keys = Op een bevinding: pijltoetsen gaan omhoog en omlaag, Enter opent. In het zoekveld: Escape wist. Wordt afgedrukt zoals getoond, met het bewijs dat open staat.
page-class-violation = Overtredingen
page-class-gap = Hiaten: wat niet bekend is
page-class-waived = Overtredingen met ontheffing
page-class-advisory = Aandachtspunten
page-demands = Eisen
page-examined = Bekeken
page-examined-nothing = niets: er was niets te bekijken
page-nothing = Er is niets gevonden.
page-none-fits = Geen bevinding bij dit criterium past bij het filter.
page-left = { $count ->
    [one] Nog { $count } van deze soort staat in findings.csv en result.json.
   *[other] Nog { $count } van deze soort staan in findings.csv en result.json.
}
page-waived-by = Geaccepteerd door { $owner } tot en met { $expires }.
page-link = Koppeling naar deze bevinding
page-folded-companion = Daarbij mislukt:
page-folded-missing = Ontbreekt daardoor:
page-folded-advisory = Goed om te weten:
page-evidence = Bewijs
page-object = Object
page-property = Eigenschap
page-seen = Gezien
page-wanted = Verwacht
page-read-at = Gelezen op
page-seat-sum = { $enabled } actief + { $warning } in respijtperiode = { $capacity } licenties; { $capacity } − { $consumed } toegewezen = { $free } vrij. { $demand } nodig, { $waiting } wachtend.{ $extra ->
    [0] { "" }
   *[other] { " " }{ $extra } opgeschort of geblokkeerd.
}
page-seat-unknown = Een teller van dit product is niet gelezen; daarom is er geen som.
page-seat-not-owned = De tenant heeft dit product niet.
page-seats-table = Licenties per product
page-bar-enabled = actief
page-bar-grace = in de respijtperiode
page-bar-suspended = opgeschort of geblokkeerd: niet bruikbaar
page-bar-consumed = toegewezen
page-bar-waiting = wachtend
page-bar-capacity = capaciteit: actief en in respijtperiode
column-suspended = opgeschort
page-groups = Groepen
page-groups-text = Alle beoordeelde groepen: de doelen van de configuratie en de groepen met licenties, die met het slechtste oordeel eerst.
page-groups-table = Groepen en hun oordeel bij elk criterium
page-groups-left = { $count ->
    [one] Nog { $count } groep staat in groups.csv.
   *[other] Nog { $count } groepen staan in groups.csv.
}
page-group = Groep
page-user = Gebruiker
page-products = Producten
page-target = Aangewezen
page-licenses = Licenties
page-members = Leden
page-processing = Verwerking
page-yes = ja
page-no = nee
page-unread = niet gelezen
page-decisions = Ontheffingen en uitsluitingen
page-waivers = Ontheffingen
page-waivers-text = Overtredingen die iemand accepteert, om een reden, tot het einde van een dag (UTC)
page-no-waivers = De configuratie heeft geen ontheffing.
page-waiver-of = Criterium
page-reason = Reden
page-owner = Eigenaar
page-expires = Geldig tot en met
page-state = Stand
page-covers = Dekt
waiver-state-active = van kracht
waiver-state-expired = verlopen
waiver-state-unused = dekt niets
page-left-out = Weggelaten
page-left-out-text = De configuratie laat deze buiten het oordeel.
page-nothing-left-out = De configuratie laat niets buiten het oordeel.
page-suitable = Welke groepen geschikt zijn
page-suitable-unread = De leden van andere groepen zijn niet gelezen. `tollgate groups --save FILE` leest ze; daarna vertelt `tollgate audit --snapshot FILE` hier welke groepen geschikt zijn voor automatische licenties.
page-suitable-more = `tollgate groups --snapshot FILE --out MAP` zegt het van elke groep, met de redenen, in groups-suitability.csv.
page-candidates = Groepen, en de licenties van alle producten samen die ze zouden vragen
page-candidates-left = { $count ->
    [one] Nog { $count } kandidaat staat hier niet.
   *[other] Nog { $count } kandidaten staan hier niet.
}
page-owners-unread = Eigenaren van groepen zijn niet gelezen, of niet van alle.
page-rank = Rang
page-newly-covered = Krijgen ze erbij
page-seats-needed = Licenties nodig
page-seats-short = Licenties tekort
page-coverage = Wat er is gelezen
page-coverage-complete = Elke lijst waar de scan om vroeg, is tot het einde gelezen. Waar de scan niet om vroeg, en wat leeg terugkwam, staat bij de hiaten van de criteria waarvoor het ertoe doet.
page-coverage-incomplete = Niet alles is tot het einde gelezen. Wat daarop rust, is niet beoordeeld, en aan geen criterium is voldaan op gegevens die niet zijn gezien.
page-coverage-table = Verzamelingen
page-collection = Verzameling
page-read = Objecten gelezen
page-read-whole = Tot het einde
page-read-of = { $read } gelezen van { $expected }
page-read-some = { $read } gelezen
page-wholly = { $count ->
    [one] ja
   *[other] ja, alle { $count }
}
page-partly = { $count ->
    [one] nee
   *[other] nee: { $incomplete } van { $count } niet
}
collection-organization = De tenant
collection-products = Producten en licenties
collection-subscriptions = Abonnementen
collection-groups = Groepen
collection-deleted-groups = Groepen in de prullenbak
collection-members = Leden van groepen
collection-owners = Eigenaren van groepen
collection-users = Gebruikers
collection-single-users = Gebruikers die één voor één zijn opgevraagd
page-run = De uitvoering
page-started = Begin
page-finished = Einde
page-spent = Verbruik
page-reread = Opnieuw gelezen
page-program = Programma
page-other-files = Meer staat in de bestanden naast dit bestand: result.json met alle bevindingen en hun bewijs, en tabellen in CSV. Wat een code betekent, vertelt ‘tollgate explain CODE’.
page-made-by = { $name } { $version }. Alleen-lezen: wijzigt niets. Deze pagina bevat persoonsgegevens; bewaar de pagina zoals andere persoonsgegevens.
page-sign-off = Ondertekening
page-sign-off-text = Oordeel van de audit: { $verdict }, peilmoment { $date }.
page-sign-accept = Geaccepteerd
page-sign-conditions = Geaccepteerd met de opmerkingen hieronder
page-sign-reject = Niet geaccepteerd
page-sign-remarks = Opmerkingen
page-sign-auditor = Auditor
page-sign-owner = Eigenaar van het criterium
page-sign-date = Datum
page-sign-signature = Handtekening

### Wat de codes zeggen, in een paar woorden

code-all-targets-excluded = Elk doel is ook uitgesloten
code-assignment-active-with-error = Licentie actief, met een fout
code-assignment-disabled = Licentie uitgeschakeld
code-assignment-error = Licentie geweigerd met een fout
code-count-violation-stale = Geweigerd wegens licentietekort dat er niet meer is
code-demand-exceeds-seats = Meer personen dan licenties
code-direct-and-inherited = Licentie via de groep en ook rechtstreeks
code-direct-only = Licentie alleen rechtstreeks toegewezen
code-disabled-account-holds-seat = Geblokkeerd account heeft een licentie
code-dynamic-rule-admits-guests = Lidmaatschapsregel laat gasten toe
code-empty-licensed-group = Groep met licenties en zonder gebruikers
code-group-kind-unknown = Soort groep niet bekend
code-group-licenses-unreadable = Licenties van groepen niet zichtbaar
code-group-type-not-eligible = Groep van een ongeschikte soort
code-guest-in-licensed-group = Extern account in een groep met licenties
code-guest-in-nested-group = Extern account in een geneste groep
code-guest-in-target-group = Extern account in een doel
code-internal-guest = Gast zonder uitnodiging
code-license-left-behind = Licentie overgehouden na vertrek uit de groep
code-license-pending = Licentie nog in verwerking
code-license-processing-not-complete = Groep nog in verwerking
code-license-states-missing = Licenties van een lid niet zichtbaar
code-license-suspended = Licentie van een product dat niet bruikbaar is
code-limited-information = Lid van wie alleen de id zichtbaar is
code-low-headroom = Weinig vrije licenties over
code-member-through-nested-group = Lid via een geneste groep krijgt niets
code-members-incomplete = Leden niet tot het einde gelezen
code-members-not-in-snapshot = Leden niet in de momentopname
code-membership-hidden = Leden verborgen
code-membership-not-settled = Lidmaatschap nog niet bepaald
code-membership-rule-paused = Lidmaatschapsregel onderbroken
code-missing-product = Vereist product ontbreekt
code-nested-group-members-not-licensed = Leden van een geneste groep krijgen niets
code-no-group-configured = Geen groep heeft licenties
code-no-group-grants-both-suites = Geen groep wijst beide suites toe
code-no-license-assigned = Doel zonder enige licentie
code-no-plan-given = Geen doelen geconfigureerd
code-no-seat-left = Elke licentie in gebruik
code-not-a-plain-security-group = Geen gewone beveiligingsgroep
code-not-licensed-without-error = Licentie ontbreekt, zonder gemelde fout
code-orphan-assignment = Licentie van een groep die er niet meer is
code-over-consumed = Meer licenties in gebruik dan er zijn
code-plans-differ-from-group = Serviceplannen wijken af van die van de groep
code-product-from-another-group = Vereist product komt van andere groepen
code-required-plan-disabled = Vereist serviceplan uitgeschakeld
code-seat-counters-missing = Tellers van licenties niet zichtbaar
code-seats-exhausted = Leden wachten, en er is geen licentie vrij
code-seats-in-grace = Alleen in de respijtperiode genoeg licenties
code-seats-unreadable = Producten en licenties niet gelezen
code-sku-not-owned = Product dat de tenant niet heeft
code-sku-plans-missing = Serviceplannen van een product niet bekend
code-sku-unreadable = Status van een product niet bekend
code-subscription-lapses = Abonnement bereikt zijn datum
code-subscription-suspended = Geen bruikbare licentie: abonnement opgeschort
code-target-deleted = Doel in de prullenbak
code-target-not-found = Doel niet gevonden
code-unplanned-licensed-group = Groep met licenties die geen doel is
code-unrecognised-state = Onbekende toestand van een licentie
code-unused-seats = Veel licenties ongebruikt
code-usage-location-missing = Gebruikslocatie ontbreekt
code-users-incomplete = Gebruikers niet tot het einde gelezen
code-waiver-covers-all = Ontheffing die door niets is beperkt
code-waiver-expired = Ontheffing verlopen
code-waiver-unused = Ontheffing die niets dekt

### Fouten, regel voor regel; de Engelse tekst wordt opgezocht (hier geen meervouden)

error = fout
hint = tip
error-check-name = controleer de naam en de map
error-no-text = { $name } is geen tekst
error-no-text-hint = een spreadsheet of archief is niet terug te zetten; geef de CSV of JSON van dezelfde audit
error-redact-save = --redact geldt niet voor een momentopname: die bevat wat Graph heeft gestuurd, met namen
error-redact-save-hint = laat --save weg, of voeg --snapshot-with-names toe als de momentopname bij u blijft
error-kept = wat gelezen is, is bewaard
error-interrupted-kept = onderbroken; wat gelezen is, is bewaard
error-interrupted-kept-hint = `tollgate scan --save { $path } --resume` leest wat ontbreekt, met de opties van deze keer
error-interrupted = onderbroken; er is niets geschreven
error-unknown-subject = `{ $subject }` is geen criterium en geen code
error-unknown-subject-hint = `tollgate rules` noemt ze
error-unknown-subject-tenant-hint = `tollgate rules` somt ze op; zeg bij een gebruiker of groep welke tenant: --snapshot BESTAND, --demo of --tenant ID
error-mistyped-code-hint = bedoelde u `{ $name }`? Zeg bij een gebruiker of groep met die naam welke tenant: --config BESTAND, --snapshot BESTAND, --demo of --tenant ID
error-unknown-object = `{ $subject }` is geen criterium, geen code, en geen gebruiker of groep van deze tenant
error-unknown-object-unread = `{ $subject }` is geen criterium, geen code, en geen gebruiker of groep van deze tenant (niet alle gebruikers en groepen zijn gelezen)
error-unknown-object-hint = noem een gebruiker bij id, UPN of weergavenaam, een groep bij id of naam
error-ambiguous-object = `{ $name }` is de naam van { $count } objecten:
error-ambiguous-object-hint = noem er een bij zijn id
error-match-nothing = geen groep van de tenant past bij --match { $name }
error-match-nothing-hint = controleer de naam, of zet * voor willekeurige tekst
error-match-empty = --match is leeg
error-match-empty-hint = noem een groep, of laat het weg
error-init-exists = { $path } bestaat al en wordt niet overschreven
error-init-exists-hint = kies een ander bestand met --to, of verplaats dit
error-init-write = { $path } is niet te schrijven: { $error }
error-init-write-hint = controleer de map, of kies een ander bestand met --to
error-did-you-mean = bedoelde u `{ $name }`?
error-ambiguous = `{ $name }` is de naam van { $count } groepen:
error-ambiguous-hint = noem de groep bij de object-id
error-named-twice = twee doelen noemen de groep { $group }: `{ $first }` en `{ $second }`
error-named-twice-hint = zet alles wat de leden nodig hebben in één [[target]]
error-requirement-unread = doel `{ $target }` vereist `{ $requirement }`, en dat is geen suite, geen productnummer van deze tenant (zijn producten waren niet te lezen) en geen productnummer in de producttabel van Microsoft
error-requirement = doel `{ $target }` vereist `{ $requirement }`, en dat is geen suite, geen productnummer van deze tenant en geen productnummer in de producttabel van Microsoft
error-requirement-hint = vereis office365, ems, een productnummer of een SKU-id
error-requirement-ambiguous = doel `{ $target }` vereist `{ $requirement }`, en dat is het productnummer van verschillende producten:
error-requirement-ambiguous-hint = vereis de SKU-id
error-nothing-readable = groepen noch gebruikers waren te lezen
error-nothing-readable-groups = groepen: { $error }
error-nothing-readable-users = gebruikers: { $error }
error-nothing-readable-hint = verleen bij een weigering GroupMember.Read.All en User.Read.All met beheerderstoestemming (docs/permissions.md zegt hoe), en voer het opnieuw uit
error-graph-read = lezen mislukt: { $what }
error-graph-sign-in = aanmelden mislukt: { $what }
error-graph-connection = verbinding opzetten mislukt: { $what }
error-snapshot-open = kan de momentopname { $path } niet lezen: { $error }
error-snapshot-open-hint = controleer de naam, of maak er een met `tollgate scan --save`
error-snapshot-write = kan de momentopname { $path } niet schrijven: { $error }
error-snapshot-write-hint = kies een bestandsnaam in een map die bestaat en waarin u mag schrijven
error-snapshot-resume = er is geen onderbroken scan om te hervatten bij { $path }: { $error }
error-snapshot-resume-hint = laat --resume weg om een nieuwe scan te beginnen
error-snapshot-damaged = de momentopname { $path } is beschadigd: { $why }
error-snapshot-damaged-hint = er is niets van beoordeeld; maak een nieuwe met `tollgate scan --save`
error-snapshot-version = de momentopname { $path } heeft formaatversie { $found }, en dit programma leest versie { $version }
error-snapshot-version-hint = gebruik de tollgate die de momentopname schreef ({ $tool }), of maak een nieuwe met `tollgate scan --save`
error-report-directory = de map { $path } kon niet worden gemaakt: { $error }
error-report-directory-hint = kies een andere met --out, of maak die zelf
error-report-file = { $path } kon niet worden geschreven: { $error }
error-report-file-hint = controleer of er ruimte is en of u daar mag schrijven, of kies een andere map met --out
error-key-file = het sleutelbestand { $path } is niet te gebruiken: { $error }
error-key-file-hint = controleer de naam, de map, en of u daar mag lezen en schrijven
error-no-key = { $path } is geen sleutelbestand van tollgate
error-no-key-hint = geef het bestand dat --redact-key schreef, of de naam van een nieuw
error-no-pseudonyms = er staan geen pseudoniemen in deze tekst
error-no-pseudonyms-hint = geef een rapport dat met --redact-key is gemaakt
error-other-key = geen van de { $count } pseudoniemen in deze tekst is met deze sleutel gemaakt
error-other-key-hint = geef het sleutelbestand dat voor het rapport is gebruikt
error-cannot-read = kan { $path } niet lezen: { $error }
error-cannot-write = kan { $path } niet schrijven: { $error }

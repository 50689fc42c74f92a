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
-reprocess-call = Invoke-MgLicenseUser in PowerShell, or the Graph call reprocessLicenseAssignment

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
    [one] { $gaps } gap
   *[other] { $gaps } gaps
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
groups-configured-pass-no-plan = { $licensed ->
    [one] The only licensed group hands out both Office 365 and EMS.
   *[other] { $granting } of { $licensed } licensed groups { $granting ->
        [one] hands out
       *[other] hand out
    } both Office 365 and EMS.
} No plan was given, so whether these are the right groups was not judged.
groups-configured-not-applicable = There is no group to judge.

no-b2b-groups-licensed-fail = External accounts are members of licensed groups: { n-people } in { n-groups }.
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
   *[other] { $lacking ->
        [0] { $left-behind ->
            [one] { $left-behind } person has kept licenses of a group after leaving it
           *[other] { $left-behind } people have kept licenses of a group after leaving it
        }
       *[other] { n-lacking }{ $left-behind ->
            [0] { "" }
            [one] , and { $left-behind } other has kept licenses after leaving a group
           *[other] , and { $left-behind } others have kept licenses after leaving a group
        }
    }: { n-violations } in { n-groups }.
}
n-lacking = { $lacking ->
    [one] { $lacking } person lacks a license that a group should give, or has it with an error
   *[other] { $lacking } people lack a license that a group should give, or have it with an error
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
    [one] { $inconclusive } of { $criteria } criteria could not be judged, because something that decides is not known. That is not a pass.
   *[other] { $inconclusive } of { $criteria } criteria could not be judged, because something that decides is not known. That is not a pass.
}
overall-pass = { $passed ->
    [one] { $passed } of { $criteria } criteria was judged and is met, on all the data that it needs.
   *[other] { $passed } of { $criteria } criteria were judged and are met, on all the data that they need.
}
overall-also-inconclusive = { $inconclusive ->
    [one] { $inconclusive } other could not be judged.
   *[other] { $inconclusive } others could not be judged.
}
overall-also-waived = { $waived ->
    [one] { $waived } criterion is met by waivers only.
   *[other] { $waived } criteria are met by waivers only.
}
level-optional = Microsoft calls this exit criterion optional.
level-optional-not-met = Where it is not met, licenses have to be given and taken away by hand.
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
target-not-found-pattern = No group of the tenant fits “{ $group }”. The recycle bin is not searched for patterns.
    .remedy = Check the pattern in tollgate.toml: * stands for any text. If its groups are no longer planned, take it out; if they were never made, create them and assign the licenses ({ -licenses-page }).
target-not-found-bin-unread = No group of the tenant fits “{ $group }”; the recycle bin could not be searched.
    .remedy = Check the spelling in tollgate.toml or use the object id. To see whether the group was deleted, grant Group.Read.All (or Directory.Read.All) to the application and run the audit again.
target-deleted = “{ $group }” has been in the recycle bin since { $since }; a deleted group licenses nobody.
    .remedy = Restore the group within 30 days of its deletion ({ -entra-center }, Groups > Deleted groups), then check its licenses and members. If the deletion was meant, take the group out of tollgate.toml.
group-type-not-eligible = “{ $group }” is no security group (securityEnabled is false), so its members cannot be licensed through it.
    .remedy = Create a security group with the same members, assign the licenses to it ({ -licenses-page }), and name it in tollgate.toml instead.
group-type-not-eligible-devices = “{ $group }” collects devices by its membership rule, and devices are not licensed.
    .remedy = Create a security group with an equivalent rule about users, assign the licenses to it ({ -licenses-page }), and name it in tollgate.toml instead.
no-license-assigned = “{ $group }” was named for automatic licensing and carries no license; required: { $requirements }.
    .remedy = A License Administrator opens the { -licenses-page }, chooses the product, and adds the group on the Groups tab.
missing-product-group = “{ $group }” does not hand out { $requirement }, and no other licensed group makes up for it for every member; missing: { $missing }.
    .remedy = A License Administrator assigns the missing product, or a bundle that contains it, to the group ({ -licenses-page }). If the group is not meant to hand it out, correct `require` in tollgate.toml.
missing-product-group-sku = “{ $group }” does not hand out { $requirement }, and no other licensed group makes up for it for every member.
    .remedy = A License Administrator assigns { $requirement } to the group ({ -licenses-page }). If the group is not meant to hand it out, correct `require` in tollgate.toml.
required-plan-disabled-group = “{ $group }” carries a product that contains { $requirement }, but service plans of it are switched off; missing: { $missing }.
    .remedy = A License Administrator opens the { -licenses-page }, chooses the product and the group, and switches the named apps and services on. Where they are off on purpose, narrow `require` or add a waiver.
no-group-configured = No group in scope carries a license: every license is given and taken away by hand.
    .remedy = Decide which security groups are suitable, name them as targets in tollgate.toml, and let a License Administrator assign the products to them ({ -licenses-page }).
no-group-grants-both-suites = { $groups ->
    [one] The only licensed group does not hand out both Office 365 and EMS, or is of a kind that cannot be licensed.
   *[other] None of the { $groups } licensed groups is of a kind that can be licensed and hands out both Office 365 and EMS.
}{ $lacking ->
    [0] { "" }
   *[other] { " " }No group hands out: { $suites }.
}
    .remedy = A License Administrator assigns the missing suite, or Microsoft 365 E3 or E5 which holds both, to a group ({ -licenses-page }). Then name the group as a target in tollgate.toml.
product-from-another-group = { $members ->
    [one] “{ $group }” does not hand out { $requirement }, but its only member gets it from another licensed group.
   *[other] “{ $group }” does not hand out { $requirement }, but all { $members } members get it from other licensed groups.
}
    .remedy = Assign { $requirement } to this group as well ({ -licenses-page }): it costs no further seats, and the next member may not be in the other groups.
license-processing-not-complete = Microsoft is still working on the licenses of “{ $group }” (processing state { $state }).
    .remedy = Wait and run the audit again. Open a support case if it takes more than a day.
membership-rule-paused = The membership rule of “{ $group }” is paused: nobody joins or leaves it by the rule, and no license follows.
    .remedy = A Groups Administrator resumes the rule ({ -entra-center }, Groups, the group's dynamic membership rules).
unplanned-licensed-group = “{ $group }” carries licenses, but tollgate.toml does not name it as a target.
    .remedy = Add it as a target, leave it out under [scope], or remove its licenses ({ -licenses-page }).
not-a-plain-security-group-m365 = “{ $group }” is a Microsoft 365 group; the criterion speaks of security groups.
    .remedy = Check who may change its members: its owners may hand out licenses that way. Consider a plain security group for licensing.
not-a-plain-security-group-mail = “{ $group }” is a mail-enabled security group; the criterion speaks of plain security groups.
    .remedy = Check who may change its members. Consider a plain security group for licensing.
empty-licensed-group = { $others ->
    [0] “{ $group }” carries licenses and has no member that is a user.
    [one] “{ $group }” carries licenses and has no member that is a user, but { $others } of another kind, which is not licensed.
   *[other] “{ $group }” carries licenses and has no member that is a user, but { $others } of other kinds, which are not licensed.
}
    .remedy = Add the users as direct members, correct the membership rule, or remove the licenses from the group ({ -licenses-page }).
no-plan-given = The configuration names no target, so the licensed groups of the tenant stand in for the plan: { $granting } of { $licensed } { $granting ->
    [one] hands out
   *[other] hand out
} both Office 365 and EMS.
    .remedy = List the groups that were identified for automatic licensing as [[target]] in tollgate.toml; `tollgate init` writes a first version.
all-targets-excluded = Every target of the configuration is also excluded by it, so no target is left to judge.
    .remedy = Take the exclusion or the targets out of tollgate.toml.

### no-b2b-groups-licensed

guest-in-licensed-group = The guest { $user } from another organization ({ $marks }) is a member of the licensed group “{ $group }”.
    .remedy = Remove the account from the group, or correct the group's membership rule. Where external people must be licensed, give them a group of their own and exclude it or add a waiver with the reason.
guest-in-licensed-group-member = { $user } is an external account ({ $marks }), though not of user type Guest, and a member of the licensed group “{ $group }”.
    .remedy = Remove the account from the group, or correct the group's membership rule; a test of user.userType does not keep such accounts out. Where external people must be licensed, give them a group of their own and exclude it or add a waiver with the reason.
internal-guest = { $user } in the licensed group “{ $group }” has the user type Guest but no sign of an invitation: an account of your own tenant.
    .remedy = Find out who uses the account. Invite the person properly, convert the account to a member, or remove it from the group ({ -entra-center }, Users).
guest-in-target-group = The external account { $user } is a member of “{ $group }”, which is to be licensed and is not yet.
    .remedy = Remove the account from the group before licenses are assigned to it.
guest-in-nested-group = The external account { $user } is a member of “{ $through }”, which is nested in the licensed group “{ $group }”.
    .remedy = It gets no license that way. Leave it out when you make the members of “{ $through }” direct members, or take the nested group out.
dynamic-rule-admits-guests = The membership rule of “{ $group }” does not test user.userType, so it also admits guests who fit the rest of it.
    .remedy = Add -and (user.userType -eq "Member") to the rule. External accounts of type Member are not kept out by it: where there are any, test a further attribute that tells them apart.

### enough-seats

seats-exhausted = { $waiting ->
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
count-violation-stale = { $user } was refused { $sku } from “{ $group }” for lack of seats (CountViolation), and now there are enough: { $capacity } seats − { $consumed } consumed = { $free } free, { $waiting } waiting.
    .remedy = Reprocess the user's licenses: { -licenses-page }, the product, the group; or { -reprocess-call }.
seats-in-grace = { $sku } suffices only with { $warning } seats in their grace period, which ends: { $date }. There are { $enabled } enabled seats, { $demand } people need one, { $waiting } of them waiting.
    .remedy = A Billing Administrator renews the subscription before that date ({ -products-page }); or reduce the number of people who need it.
low-headroom = { $free ->
    [one] Only { $free } seat of { $sku } is free, and { $headroom } are to be kept in reserve (headroom { $setting }): { $capacity } − { $consumed } consumed = { $free }.
   *[other] Only { $free } seats of { $sku } are free, and { $headroom } are to be kept in reserve (headroom { $setting }): { $capacity } − { $consumed } consumed = { $free }.
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

assignment-error-count = { $user } did not get { $sku } from “{ $group }”: no seat was free ({ $error }, state { $state }).
    .remedy = Buy seats ({ -products-page }) or free some ({ -licenses-page }), then reprocess the user there.
assignment-error-count-by-now = { $user } was refused { $sku } from “{ $group }” for lack of seats ({ $error }, state { $state }); by now there is a seat for everybody who is known to wait.
    .remedy = Nothing has to be bought. Reprocess the user: { -licenses-page }, the product, the group; or { -reprocess-call }.
assignment-error-exclusive = { $user } did not get { $sku } from “{ $group }”: a service plan in it cannot stand beside one that the user has from another product ({ $error }, state { $state }).
    .remedy = { plan-conflict-remedy }
plan-conflict-remedy = Switch one of the two conflicting apps and services off on the group, or remove the other product from the user ({ -licenses-page }); then reprocess the user there.
assignment-error-dependency = { $user } did not get { $sku } from “{ $group }”: a service plan depends on another that is missing, or another product of the user depends on this one ({ $error }, state { $state }).
    .remedy = { plan-dependency-remedy }
plan-dependency-remedy = Assign the service plan that the other depends on, or switch the dependent one off ({ -licenses-page }); then reprocess the user there.
assignment-error-location = { $user } did not get { $sku } from “{ $group }”: a service in it is not offered at the user's usage location ({ $error }, state { $state }).
    .remedy = { location-remedy }
location-remedy = Correct the user's usage location ({ -users-page }), or take the user out of the group; then reprocess the user ({ -licenses-page }).
assignment-error-uniqueness = { $user } did not get { $sku } from “{ $group }”: an address of the user is in use elsewhere ({ $error }, state { $state }).
    .remedy = { uniqueness-remedy }
uniqueness-remedy = Find the doubled proxy address in Exchange Online and remove one of the two, then reprocess the user ({ -licenses-page }).
assignment-error-none = { $user } did not get { $sku } from “{ $group }”: the state is { $state }, and the service names no error.
    .remedy = Reprocess the user ({ -licenses-page }, the product, the group). If it does not help within a day, open a support case.
assignment-error-other = { $user } did not get { $sku } from “{ $group }”: the service says only { $error } (state { $state }), which mostly means that another license of the group failed.
    .remedy = Mend the other licenses of the same group first, then reprocess the user ({ -licenses-page }). The audit log of Microsoft Entra, activity “Change user license”, may tell more.
assignment-error = { $user } did not get { $sku } from “{ $group }”: the service reports { $error } (state { $state }).
    .remedy = { other-error-remedy }
other-error-remedy = Look into the audit log of Microsoft Entra, activity “Change user license”: it may tell more of the error. Mend that, then reprocess the user ({ -licenses-page }, the product, the group).
assignment-active-with-error = { $user } has { $sku } from “{ $group }” with a problem: the service reports { $error } (state { $state }).
    .remedy = { other-error-remedy }
assignment-active-with-error-exclusive = { $user } has { $sku } from “{ $group }” with a problem: a service plan in it cannot stand beside one that the user has from another product ({ $error }, state { $state }).
    .remedy = { plan-conflict-remedy }
assignment-active-with-error-dependency = { $user } has { $sku } from “{ $group }” with a problem: a service plan depends on another that is missing, or another product of the user depends on this one ({ $error }, state { $state }).
    .remedy = { plan-dependency-remedy }
assignment-active-with-error-location = { $user } has { $sku } from “{ $group }” with a problem: a service in it is not offered at the user's usage location ({ $error }, state { $state }).
    .remedy = { location-remedy }
assignment-active-with-error-uniqueness = { $user } has { $sku } from “{ $group }” with a problem: an address of the user is in use elsewhere ({ $error }, state { $state }).
    .remedy = { uniqueness-remedy }
assignment-disabled = { $user } does not have { $sku } from “{ $group }”: the assignment is switched off (state { $state }).
    .remedy = Check the state of the subscription ({ -products-page }), then reprocess the user ({ -licenses-page }).
unrecognised-state = Whether { $user } has { $sku } from “{ $group }” cannot be relied on: its state { $state } is not known to this program.
    .remedy = Look at the user ({ -users-page }). If the service has a new state, look for a newer version of this program.
not-licensed-without-error = { $user } is a member of “{ $group }” and has no { $sku } from it, and the service reports no error.
    .remedy = Reprocess the user ({ -licenses-page }, the product, the group), or remove the user from the group and add the user again. If it does not help within a day, open a support case.
license-suspended = { $user } has { $sku } from “{ $group }”, but no seat of it can be used: its subscription has the status { $status }, or no unit is left.
    .remedy = A Billing Administrator reactivates or replaces the subscription ({ -products-page }), or the group gets another product ({ -licenses-page }).
license-suspended-not-owned = { $user } has { $sku } from “{ $group }”, but the tenant does not own that product.
    .remedy = Buy the product ({ -products-page }), or remove it from the group ({ -licenses-page }).
missing-product-member = { $user }, a member of “{ $group }”, lacks { $requirement }: no license that is in force and free of errors supplies it; missing: { $missing }.
    .remedy = A License Administrator assigns the product, or a bundle that contains it, to the group ({ -licenses-page }). If another finding is given for this person, mend that first.
missing-product-member-sku = { $user }, a member of “{ $group }”, lacks { $requirement }: no license that is in force and free of errors supplies it.
    .remedy = A License Administrator assigns { $requirement } to the group ({ -licenses-page }). If another finding is given for this person, mend that first.
required-plan-disabled-member = { $user }, a member of “{ $group }”, has products that contain { $requirement }, but service plans are switched off; missing: { $missing }.
    .remedy = A License Administrator opens the { -licenses-page }, chooses the product and the group, and switches the named apps and services on. Where they are off on purpose, narrow `require` or add a waiver.
member-through-nested-group = { $user } is in “{ $group }” only through the nested group “{ $through }”, and so does not get { $sku }.
    .remedy = A Groups Administrator or an owner makes the user a direct member of “{ $group }” ({ -entra-center }, Groups); or a License Administrator assigns { $sku } to “{ $through }” itself ({ -licenses-page }). Licenses do not reach nested groups.
nested-group-members-not-licensed = { $members ->
    [one] { $members } direct member of “{ $group }” goes without licenses of “{ $outer }”, because licenses do not reach nested groups.
   *[other] { $members } direct members of “{ $group }” go without licenses of “{ $outer }”, because licenses do not reach nested groups.
}
    .remedy = A Groups Administrator or an owner makes these people direct members of “{ $outer }” ({ -entra-center }, Groups); or a License Administrator assigns the licenses to “{ $group }” itself ({ -licenses-page }).
license-left-behind = { $user } is not a member of “{ $group }” and still has from it: { $products }.
    .remedy = Reprocess the user's licenses: { -reprocess-call }; the admin center does not list the user under this group any more. Often another product of the user depends on the license; mend that first.
license-left-behind-advisory = { $user } is not a member of “{ $group }”; what is left of its licenses is not in force, or Microsoft is still working on the group: { $products }.
    .remedy = Run the audit again later. If it stays, reprocess the user's licenses: { -reprocess-call }.
direct-and-inherited = { $user } has { $sku } from “{ $group }” and directly as well: one seat, but it stays when the user leaves the group.
    .remedy = Check that the direct assignment switches on no more apps and services than the group's, then remove it ({ -users-page }).
direct-only = { $user } has { $sku } by direct assignment only, not through “{ $group }”.
    .remedy = Let the group assign the product first and check that it arrives; then remove the direct assignment ({ -users-page }).
direct-only-requirement = { $user }, a member of “{ $group }”, has { $requirement } only thanks to direct assignments.
    .remedy = Let the group assign the product first and check that it arrives; then remove the direct assignment ({ -users-page }).
plans-differ-from-group = { $user } has { $sku } from “{ $group }” with other service plans switched off than the group has.{ $off ->
    [0] { "" }
   *[other] { " " }Off for the user only: { $switched-off }.
}{ $on ->
    [0] { "" }
   *[other] { " " }Off in the group only: { $switched-on }.
}
    .remedy = Reprocess the user ({ -licenses-page }, the product, the group).
orphan-assignment = { $user } has { $sku } from “{ $group }”, a group that is gone or in the recycle bin.
    .remedy = If the group was deleted by mistake, restore it within 30 days ({ -entra-center }, Groups > Deleted groups). Otherwise reprocess the user's licenses and see whether the license goes: { -reprocess-call }; the admin center lists nobody under a group that is gone. If it stays, open a support case.
disabled-account-holds-seat = { $user } is blocked from signing in and holds a license from “{ $group }”.
    .remedy = Remove the account from the group, unless its mailbox or files must be kept for the time being.
usage-location-missing = { $user }, licensed by “{ $group }”, has no usage location; the service takes that of the tenant.
    .remedy = A User Administrator sets it ({ -users-page }) and makes it part of creating accounts.

### Waivers

waiver-expired = A waiver of { $criterion } was good until { $expires } and covers nothing any more ({ $owner }: { $reason }).
    .remedy = Mend what it covered, or agree on a new date with { $owner } and write it in tollgate.toml.
waiver-unused = A waiver of { $criterion } covers nothing in this audit ({ $owner }: { $reason }).
    .remedy = Remove it from tollgate.toml, or check the names and codes in it if it was meant to cover something.
waiver-covers-all = A waiver of { $criterion } is narrowed by nothing, so it also covers what nobody has looked at yet ({ $owner }: { $reason }).
    .remedy = Narrow it in tollgate.toml to a code, group, user or product.

### Gaps

group-licenses-unreadable = No group shows a license, and yet { $example-user } has one from “{ $example-group }”: the application is not shown the licenses of groups.
    .remedy = Grant Group.Read.All to the application (or Directory.Read.All, which covers all but hidden membership), and run the audit again.
group-licenses-unreadable-list = The list of groups was not read to the end ({ $why }), so licenses of groups may be missing.
    .remedy = If it was refused, grant GroupMember.Read.All or Group.Read.All to the application (or Directory.Read.All). Then run the audit again.
group-kind-unknown = Whether “{ $group }” is a security group cannot be told: its securityEnabled came back empty.
    .remedy = Grant Group.Read.All to the application (or Directory.Read.All), and run the audit again.
group-name-unknown = “{ $group }” does not show its name, so whether it is the target “{ $target }” cannot be told.
    .remedy = Grant Group.Read.All to the application (or Directory.Read.All), or name the target by its object id, and run the audit again.
membership-hidden = “{ $group }” hides its members, and none of them could be read.
    .remedy = Grant Member.Read.Hidden to the application in addition, and run the audit again.
members-incomplete = The members of “{ $group }” were not read to the end ({ $why }).
    .remedy = If it was refused, grant GroupMember.Read.All or Group.Read.All to the application (or Directory.Read.All). Then run the audit again.
nested-members-hidden = “{ $group }”, which is nested in a licensed group, hides its members, so nobody knows who goes without.
    .remedy = Grant Member.Read.Hidden to the application in addition, and run the audit again.
members-not-in-snapshot = The members of “{ $group }” are not in the snapshot, which was taken with another configuration.
    .remedy = Take a new snapshot with this configuration, or one with --members all.
membership-not-settled = Who belongs to “{ $group }” has not been worked out yet: Microsoft is still working on it, and it shows no member.
    .remedy = Run the audit again once the membership has been worked out.
limited-information = Of { $user }, a member of “{ $group }”, nothing but the id could be read.
    .remedy = Grant User.Read.All to the application (or Directory.Read.All), and run the audit again.
license-states-missing = The licenses of { $user }, a member of “{ $group }”, could not be read: licenseAssignmentStates came back empty.
    .remedy = Grant User.Read.All to the application (or Directory.Read.All; User.ReadBasic.All is not enough), and run the audit again.
users-incomplete = The list of users was not read to the end ({ $why }).
    .remedy = If it was refused, grant User.Read.All to the application (or Directory.Read.All). Then run the audit again.
license-pending = Whether { $user } in “{ $group }” will have { $product } cannot be told: Microsoft is still working on “{ $processing-group }” (processing state { $state }).
    .remedy = Run the audit again once the group's processing is complete. Open a support case if it takes more than a day.
seats-unreadable = The tenant's products and seats were not read ({ $why }).
    .remedy = Grant Organization.Read.All to the application (or Directory.Read.All), and run the audit again.
sku-unreadable = Whether seats of { $sku } can be used cannot be told: its capabilityStatus is { $status }.
    .remedy = Look at the product ({ -products-page }). If the service has a new status, look for a newer version of this program.
seat-counters-missing = Counters of { $sku } came back empty: { $counters }.
    .remedy = Grant Organization.Read.All to the application (or Directory.Read.All), and run the audit again.
sku-plans-missing = Which service plans { $sku } contains is not known, neither to the tenant nor in Microsoft's product table.
    .remedy = Grant Organization.Read.All to the application (or Directory.Read.All) and run the audit again. If the products were read, name the product itself in `require` instead of a suite.

### Root causes

causes = What to do, by cause
causes-hands = { $role }: { $place }
cause-more = { $count ->
    [one] There is { $count } more like it.
   *[other] There are { $count } more like it.
}
more-causes = { $count ->
    [one] and { $count } more cause
   *[other] and { $count } more causes
}
cause-no-group = No group hands out everything that is required.
    .action = Decide which security groups are suitable, name them as targets in tollgate.toml, and assign the products to them.
cause-group-not-found = “{ $target }” is named for automatic licensing, and there is no such group.
    .action = Correct the name in tollgate.toml, or create the group and assign the products to it.
cause-group-deleted = “{ $group }” is in the recycle bin and licenses nobody.
    .action = Restore the group within 30 days of its deletion, or take it out of tollgate.toml.
cause-group-kind = “{ $group }” is of a kind that cannot license its members.
    .action = Create a security group of the same people, assign the products to it, and name it in tollgate.toml instead.
cause-group-products = { $people ->
    [0] “{ $group }” does not hand out what is required of it: { $requirements }.
    [one] “{ $group }” does not hand out what is required of it ({ $requirements }); { $people } person goes without.
   *[other] “{ $group }” does not hand out what is required of it ({ $requirements }); { $people } people go without.
}
    .action = Assign the missing products to the group, or switch the missing apps and services on. If it is not meant to hand them out, correct `require` in tollgate.toml.
cause-members-lack = { $people ->
    [one] { $people } member of “{ $group }” lacks something required that the group does hand out.
   *[other] { $people } members of “{ $group }” lack something required that the group does hand out.
}
    .action = Reprocess the licenses of these people. If it does not help, look which apps and services are switched off for them.
cause-guests = { $people ->
    [one] { $people } external account is a member of the licensed group “{ $group }”.
   *[other] { $people } external accounts are members of the licensed group “{ $group }”.
}
    .action = Remove the accounts from the group, or correct its membership rule. Where external people must be licensed, give them a group of their own and exclude it, or add a waiver with the reason.
cause-seats-waiting = { $free ->
    [0] No seat of { $sku } is free: { cause-waits }
    [one] Only { $free } seat of { $sku } is free: { cause-waits }
   *[other] Only { $free } seats of { $sku } are free: { cause-waits }
}
    .action = { cause-buy-seats }
cause-waits = { $people ->
    [one] { $people } member of { n-groups } waits.
   *[other] { $people } members of { n-groups } wait.
}
cause-seats-demand = { $demand ->
    [one] { $demand } person is to have { $sku }, and there are { $capacity } seats.
   *[other] { $demand } people are to have { $sku }, and there are { $capacity } seats.
}
    .action = { cause-buy-seats }
cause-seats-consumed = More seats of { $sku } are in use than the { $capacity } that there are.
    .action = { cause-buy-seats }
cause-seats-unread = { $people ->
    [one] { $people } person was refused a seat of { $sku }; whether one is free now was not read.
   *[other] { $people } people were refused a seat of { $sku }; whether some are free now was not read.
}
    .action = Grant Organization.Read.All to the application (or Directory.Read.All) and run the audit again, before anything is bought.
cause-buy-seats = { $short ->
    [0] Buy seats, or take the product from people who do not need it.
    [one] Buy at least { $short } seat, or take the product from people who do not need it.
   *[other] Buy at least { $short } seats, or take the product from people who do not need it.
} Then check that the waiting members receive it, and reprocess their licenses if they do not.
cause-subscription = { $people ->
    [0] No seat of { $sku } can be used, though groups hand it out.
    [one] No seat of { $sku } can be used; { $people } person is to have it from a group.
   *[other] No seat of { $sku } can be used; { $people } people are to have it from a group.
}
    .action = Buy the product, or reactivate or replace its subscription; or let the groups hand out another product.
cause-refused-earlier = { $people ->
    [one] { $people } person was refused { $sku } for lack of seats, and by now there are enough.
   *[other] { $people } people were refused { $sku } for lack of seats, and by now there are enough.
}
    .action = Reprocess the licenses of these people; nothing has to be bought.
cause-plan-conflict = { $people ->
    [one] Assigning { $sku } to { $people } person ended in an error: a service plan in it cannot stand beside one of another product that this person has ({ $error }).
   *[other] Assigning { $sku } to { $people } people ended in an error: a service plan in it cannot stand beside one of another product that they have ({ $error }).
}
    .action = Switch one of the two conflicting apps and services off on the group, or take the other product away; then reprocess the licenses.
cause-plan-dependency = { $people ->
    [one] Assigning { $sku } to { $people } person ended in an error: a service plan depends on another that is missing, or another product depends on this one ({ $error }).
   *[other] Assigning { $sku } to { $people } people ended in an error: a service plan depends on another that is missing, or another product depends on this one ({ $error }).
}
    .action = Assign the service plan that the other depends on, or switch the dependent one off; then reprocess the licenses.
cause-usage-location = { $people ->
    [one] { $people } person does not get a license because a service is not offered at the usage location.
   *[other] { $people } people do not get a license because a service is not offered at their usage location.
}
    .action = Correct the usage location, or take these people out of the group; then reprocess their licenses.
cause-address = { $people ->
    [one] { $people } person does not get a license because an address is in use twice.
   *[other] { $people } people do not get a license because an address is in use twice.
}
    .action = Find the doubled proxy addresses and remove one of each two; then reprocess the licenses of these people.
cause-service-error = { $people ->
    [one] Assigning { $sku } to { $people } person ended in an error: the service reports { $error }.
   *[other] Assigning { $sku } to { $people } people ended in an error: the service reports { $error }.
}
    .action = Mend other licenses that fail for the same people first. The audit log of Microsoft Entra, activity “Change user license”, may tell more of the error. Then reprocess the licenses.
cause-not-arrived = { $people ->
    [one] { $people } member of “{ $group }” does not have a license that the group hands out, and the service reports no error.
   *[other] { $people } members of “{ $group }” do not have a license that the group hands out, and the service reports no error.
}
    .action = Reprocess the licenses of these people. If it does not help within a day, open a support case.
cause-unknown-state = { $people ->
    [one] The license of { $people } person is in a state that this program does not know: { $state }.
   *[other] The licenses of { $people } people are in a state that this program does not know: { $state }.
}
    .action = Look at these people's licenses. If the service has a new state, look for a newer version of this program.
cause-nested = { $people ->
    [0] Licenses of “{ $outer }” do not reach nested groups: the members of “{ $through }” go without.
    [one] Licenses of “{ $outer }” do not reach nested groups: { $people } member of “{ $through }” goes without { $products }.
   *[other] Licenses of “{ $outer }” do not reach nested groups: { $people } members of “{ $through }” go without { $products }.
}
    .action = Make these people direct members of “{ $outer }”. Or a License Administrator assigns { $count ->
    [0] the licenses
   *[other] { $products }
} to “{ $through }” itself ({ -licenses-page }).
cause-left-behind = { $people ->
    [one] { $people } person is not a member of “{ $group }” and still has licenses from it.
   *[other] { $people } people are not members of “{ $group }” and still have licenses from it.
}
    .action = Reprocess the licenses of these people; the admin center does not list them under this group any more. Often another product of theirs depends on the license; mend that first.

role-billing = Billing Administrator
role-license = License Administrator
role-groups = Groups Administrator, or the owner of the group
role-user = User Administrator
role-exchange = Exchange Administrator
role-consent = Privileged Role Administrator
role-plan = whoever keeps tollgate.toml
place-products = { -products-page }
place-licenses = { -licenses-page }
place-users = { -users-page }
place-groups = { -entra-center }, Groups
place-deleted-groups = { -entra-center }, Groups > Deleted groups
place-exchange = Exchange admin center, Recipients
place-reprocess = { -reprocess-call }
place-consent = { -entra-center }, App registrations > API permissions

### Why a collection was not read to its end; fragments that stand in parentheses and after a semicolon

why-unknown = the scan did not say why
why-recorded = { $error }
why-refused = refused: { $error }; grant { $permission } and admin consent
why-busy = the service was too busy: { $error }; run the audit again when less is going on, or be more patient with --max-wait
why-service-failed = the service had a failure: { $error }; run the audit again later
why-not-reached = the service was not reached: { $error }; check the network and the proxy settings
why-not-understood = the answer was none of Graph: { $error }; check whether a proxy changes answers
why-token-refused = the token was not accepted any more: { $error }; sign in again, or put a new one in TOLLGATE_ACCESS_TOKEN
why-failed = the request failed: { $error }
why-too-few = { $read ->
    [one] { $read } of { $expected } objects came, though all pages were read
   *[other] { $read } of { $expected } objects came, though all pages were read
}
why-names-alike = read as one list: the sign-in names cannot be divided into parts of about one size
why-not-divided = read as one list: they could not be divided into parts: { $error }
why-part-failed = read as one list: a part could not be read: { $error }
why-part-too-few = read as one list: of the part “{ $part }” { $read } of { $expected } users came, though all its pages were read
why-not-all-asked = only { $asked } members were asked for by id
why-object-not-understood = an object could not be understood: { $error }

### What evidence wants, in words

wanted-targets = the groups that were identified for automatic licensing
wanted-a-target = at least one target that is judged
wanted-not-deleted = a group that is not in the recycle bin
wanted-user-rule = a rule about users
wanted-licensed-group = at least one group with licenses
wanted-eligible-group = a group of users that can be licensed
wanted-plans-on = switched on: { $missing }
wanted-planned-group = a group that the configuration names
wanted-security-group = a security group
wanted-a-user = at least one user
wanted-no-guest = no guest
wanted-no-external-mark = no #EXT# in it
wanted-no-external-account = no external account
wanted-user-type-test = a test of user.userType
wanted-active-entry = an Active entry from the group, without error
wanted-usable-seats = Enabled or Warning, and enabled + warning >= 1
wanted-status-in-force = Enabled or Warning
wanted-enabled-units = enabled units instead
wanted-no-count-violation = no CountViolation
wanted-from-group-only = an entry from the group only
wanted-entry-from-group = an entry from the group
wanted-from-a-group = an entry from a group
wanted-country-code = a country code
wanted-direct-member = a direct member of the licensed group
wanted-users-as-direct-members = its users as direct members
wanted-nothing-left = no entry from a group that the user does not belong to
wanted-narrow-waiver = a waiver in force that covers something in particular

### The terminal

number = { $number }
title = Exit criterion for group-based licensing
demo = Demonstration: this tenant is simulated.
redacted = People are called by pseudonyms; groups and products by their names.
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
    [one] and { $count } more kind of finding: { $codes }
   *[other] and { $count } more kinds of findings: { $codes }
}
more-gaps = { $count ->
    [one] and { $count } more kind of gap: { $codes }
   *[other] and { $count } more kinds of gaps: { $codes }
}
of-people-and-groups = { n-people } in { n-groups }
waivers = Waived
waiver-line = { n-violations }, accepted by { $owner } until { $expires }: { $reason }
gaps = Not known
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
folded = { $count ->
    [one] { $count } more finding follows from this and is listed with it in the files.
   *[other] { $count } more findings follow from this and are listed with it in the files.
}
left-to-csv = More than { $count } rows are too many for a sheet: this table is in { $file }.
more-in-table = { $count ->
    [one] One more is in findings.csv.
   *[other] { $count } more are in findings.csv.
}
coverage = Not read to the end
coverage-line = { $collection }: { $read } read, { $expected } expected; { $why }
coverage-members = { $collection } (members of “{ $group }”)
more-collections = { $count ->
    [one] and { $count } more collection
   *[other] and { $count } more collections
}
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
    [one] { $people } user was read again before being reported; { n-cleared }.
   *[other] { $people } users were read again before being reported; { n-cleared }.
}
scan-reread-sample = Something was wrong with { $accused } users; a sample of { $people } was read again before being reported, and { n-cleared }.
n-cleared = { $cleared ->
    [0] none turned out to be in order meanwhile
   *[other] { $cleared } turned out to be in order meanwhile
}

### Which groups are suitable: the reasons; the attribute `next` says what to do

suit-licensed = Every criterion is met for it as far as it goes. It assigns: { $products }.
suit-worth = Of { $people ->
    [one] { $people } person
   *[other] { $people } people
}: { $direct } with the products directly, { $without } without any{ $blocked ->
    [0] {""}
   *[other] {" "}({ $blocked } blocked from signing in)
}, { $grouped } through another group.
    .next = A License Administrator assigns the products to the group ({ -licenses-page }).{ $direct ->
    [0] {""}
   *[other] {" "}Once they have arrived, direct assignments of the same products can be removed ({ -users-page }).
}
suit-planned = The configuration names it as a target, and it is not licensed yet. Of { $people ->
    [one] { $people } person
   *[other] { $people } people
}: { $direct } with the products directly, { $without } without any{ $blocked ->
    [0] {""}
   *[other] {" "}({ $blocked } blocked from signing in)
}, { $grouped } through another group.
    .next = A License Administrator assigns the products to the group ({ -licenses-page }).{ $direct ->
    [0] {""}
   *[other] {" "}Once they have arrived, direct assignments of the same products can be removed ({ -users-page }).
}
suit-guests = { $guests ->
    [one] { $guests } external account is a member, and would get the licenses too.
   *[other] { $guests } external accounts are members, and would get the licenses too.
}
    .next = { $dynamic ->
    [1] Narrow the membership rule so that external accounts drop out ({ -entra-center }, Groups).
   *[0] Remove the external accounts from the group, or make another group for the internal people ({ -entra-center }, Groups).
}
suit-nested = { $nested ->
    [one] { $nested } person is only in a nested group ({ $through }), where licenses do not reach.
   *[other] { $nested } people are only in nested groups ({ $through }), where licenses do not reach.
}
    .next = { $dynamic ->
    [1] Widen the membership rule so that it takes in the people of the nested groups, or license those groups themselves.
   *[0] Make those people direct members ({ -entra-center }, Groups), or license the nested groups themselves.
}
suit-rule-paused = Its membership rule is paused, so who joins or leaves would not be noticed.
    .next = A Groups Administrator resumes the rule ({ -entra-center }, Groups, the dynamic membership rules of the group).
suit-not-security-enabled-yet = It is a Microsoft 365 group that is not security-enabled, and such a group cannot carry licenses.
    .next = Set securityEnabled of the group to true (Microsoft Graph or PowerShell), after a look at who may change its members; or make a security group with the same members.
suit-not-security-enabled = It is a Microsoft 365 group that is not security-enabled, so it cannot carry licenses; its members were not looked at.
    .next = To see whether it would be worth changing, run `tollgate groups --members all`.
suit-distribution-list = It is a distribution list and no security group, so it cannot carry licenses.
    .next = If these are people to be licensed, make a security group for them.
suit-device-rule = Its membership rule collects devices, and devices get no licenses.
suit-only-devices = { $others ->
    [one] Its only member is a device, application or contact, and those get no licenses.
   *[other] Its { $others } members are devices, applications or contacts, and those get no licenses.
}
suit-only-guests = { $guests ->
    [one] Its only member is an external account.
   *[other] All { $guests } of its members are external accounts.
}
suit-empty = It has no members.
suit-hidden = It hides its members, and none of them could be read, so nobody can check who would get a license.
    .next = To have it judged, grant Member.Read.Hidden to the application in addition.
suit-excluded = The configuration leaves it out.
suit-already-covered = Most of its people get the products through another group already. Of { $people ->
    [one] { $people } person
   *[other] { $people } people
}: { $grouped } through another group, { $direct } directly, { $without } without any.
suit-no-need = Hardly anybody in it would be better off. Of { $people ->
    [one] { $people } person
   *[other] { $people } people
}: { $direct } with the products directly, { $without } without any ({ $blocked } blocked from signing in), { $grouped } through another group.
suit-nested-in-licensed = It is nested in the licensed group “{ $outer }”, from which its members get nothing.
suit-no-owner = It shows no owner who could be asked.
suit-rule-admits-guests = Its membership rule does not test user.userType, so it can take in guests.
    .next = Add -and (user.userType -eq "Member") to the rule.
suit-others = { $others ->
    [one] { $others } member is a device, application or contact, which gets no license.
   *[other] { $others } members are devices, applications or contacts, which get no licenses.
}
suit-no-product = The tenant owns no product that supplies Office 365 and EMS, so there is nothing to assign yet.
    .next = Buy the products ({ -products-page }).
suit-seats-unknown = How many seats are free could not be read.
    .next = Grant Organization.Read.All to the application (or Directory.Read.All), and run again.

### Which groups are suitable: the page

class-suitable = Suitable
class-suitable-after-change = Suitable after a change
class-licensed-but-wrong = Licensed, but something is wrong
class-licensed = Licensed as it should be
class-unknown = Not known
class-unsuitable = Not suitable
kind-security = security group
kind-mail-enabled-security = mail-enabled security group
kind-microsoft-365 = Microsoft 365 group
kind-distribution-list = distribution list
kind-unknown = kind unknown
suit-title = Groups for automatic licensing
suit-summary = { n-groups }: { $counts }.
suit-ranking = Ranked by what speaks for it: targets first, then groups for which the seats suffice, then by how many people would be better off (direct licenses that become automatic, and people without any).
suit-better-off = { $people ->
    [0] nobody better off
    [one] { $people } person better off
   *[other] { $people } people better off
}
suit-members = { $members ->
    [one] { $members } member
   *[other] { $members } members
}
suit-members-external = { $guests ->
    [one] { $guests } external
   *[other] { $guests } external
}
suit-members-nested = { $nested ->
    [one] { $nested } person below nested groups
   *[other] { $nested } people below nested groups
}
suit-members-unknown = members not known
suit-by-rule = by rule
suit-target = target
suit-need = Would assign { $product }: { $seats ->
    [0] no seat more than today
    [one] { $seats } seat more
   *[other] { $seats } seats more
}, { $free } free{ $short ->
    [0] .
   *[other] {""}; { $short } short.
}
suit-buy = { $short ->
    [one] First a Billing Administrator buys { $short } seat of { $product } ({ -products-page }), or the members beyond the free seats wait.
   *[other] First a Billing Administrator buys { $short } seats of { $product } ({ -products-page }), or the members beyond the free seats wait.
}
suit-need-unknown = Would assign { $product }: { $seats ->
    [0] no seat more than today
    [one] { $seats } seat more
   *[other] { $seats } seats more
}; how many are free is not known.
suit-covered = Newly covered: { $names }
suit-owners = { $more ->
    [yes] Owners ({ $count } or more)
   *[no] { $count ->
        [one] Owner
       *[other] Owners
    }
}: { $names }
suit-owners-unread = Owners of groups were not read: { $why }.
suit-owners-not-asked = Owners of groups were not read when the snapshot was taken.
suit-overlap = Shares members with { $names }
suit-overlap-name = “{ $group }” ({ $shared })
suit-times = { $count ->
    [one] {""}
   *[other] {" "}({ $count } times)
}
suit-more-groups = { $count ->
    [one] and { $count } more group
   *[other] and { $count } more groups
}
suit-also = Also worth knowing
suit-left-out = { $count ->
    [one] { $count } group does not fit --match and was not judged.
   *[other] { $count } groups do not fit --match and were not judged.
}
suit-products = “The products” are those that supply Office 365 E3 or EMS E3 as a whole: { $products }.
suit-products-none = The tenant owns no product that supplies Office 365 E3 or EMS E3 as a whole.
suit-decide = Whether people without the products ought to have them is your decision: `tollgate init` writes the groups into a configuration.
suit-no-files = All groups: --print json, or --out DIRECTORY for groups-suitability.csv.

### Explaining a user or a group

explain-id = Id
explain-read = Read
explain-read-at = { $when } UTC
explain-account = Account
explain-internal = internal
explain-external = external (B2B)
explain-user-type = user type { $type }
explain-enabled = may sign in
explain-blocked = blocked from signing in
explain-location = usage location { $location }
explain-no-location = no usage location
explain-unreadable = nothing but the id could be read
explain-short = In short
explain-short-fail = { $criteria ->
    [one] { $criteria } of { $all } criteria is not met here.
   *[other] { $criteria } of { $all } criteria are not met here.
}
explain-short-inconclusive = Not everything is known yet: { $criteria } of { $all } criteria cannot be answered here.
explain-short-pass = Nothing is wrong here, as far as the criteria go.
explain-short-not-applicable = { $user ->
    [yes] No criterion is about this person: there is no group in scope with this person as a member, as far as members were read.
   *[no] No criterion is about this group: it is neither licensed nor a target of the configuration.
}
explain-short-accepted = What is wrong here is accepted by waivers.
explain-worth = Worth knowing
explain-groups = Groups
explain-no-groups = Member of no group whose members were read.
explain-member-direct = “{ $group }”: direct member; { $gives }.
explain-member-nested = “{ $group }”: only through the nested group { $through }, where licenses do not reach; { $gives }.
explain-gives = it assigns { $products }
explain-gives-nothing = it assigns nothing
explain-left-out = the configuration leaves it out
explain-unread-groups = { $count ->
    [one] The members of { $count } group were not read, so there may be more. `--members all` of `tollgate scan` reads them.
   *[other] The members of { $count } groups were not read, so there may be more. `--members all` of `tollgate scan` reads them.
}
explain-licenses = Licenses
explain-no-licenses = None, from no source.
explain-licenses-unread = Not known: licenseAssignmentStates could not be read.
explain-entry = { $product }, { $source }: { $state }
explain-source-direct = assigned directly
explain-source-group = from “{ $group }”
explain-source-not-member = from “{ $group }”, of which the account is not a member
explain-source-gone = from a group that is gone ({ $group })
explain-state-plain = { $state }
explain-state-error = { $state } ({ $error })
explain-state-null = no state
explain-not-in-force = ; its seats are not in force
explain-plans-off = ; switched off: { $plans }
explain-more = { $count ->
    [one] and { $count } more
   *[other] and { $count } more
}
explain-suites = What that gives
explain-suites-group = What it hands out
explain-suite-e3 = { $suite }: complete, edition E3
explain-suite-e5 = { $suite }: complete, edition E5
explain-suite-incomplete = { $suite }: not complete
explain-suite-nothing = { $suite }: nothing of it
explain-part-by = { $part }: from { $products }
explain-part-off = { $part }: lacking; switched off in { $products }
explain-part-lacking = { $part }: lacking
explain-criteria = How each criterion sees it
explain-nothing-found = Looked at, and nothing is wrong.
explain-not-concerned = { $criterion ->
    [groups-configured] { $user ->
        [yes] It is about groups, not about single people.
       *[no] It is about targets and licensed groups, and this is neither.
    }
   *[other] Nothing to judge here.
}
explain-rests-on = Rests on
explain-evidence = { $seen }. Wanted: { $wanted }. Read { $when } UTC.
explain-members-of = members of “{ $group }”
explain-evidence-null = nothing
explain-evidence-not-member = this person is not among the { $users ->
    [one] { $users } user
   *[other] { $users } users
}
explain-evidence-demand = { $groups ->
    [one] { $demand } needed in { $groups } group, { $waiting } waiting
   *[other] { $demand } needed in { $groups } groups, { $waiting } waiting
}
explain-to-pass = What would make it pass
explain-waived = accepted by { $owner } until { $expires }: { $reason }
explain-folded = Follows from it
explain-group-kind = Kind
explain-group-members = Members
explain-group-rule = Membership rule
explain-rule-paused = paused
explain-group-state = License processing
explain-group-target = Target
explain-requires = requires { $requirements }
explain-no-target = no target of the configuration
explain-group-nested = Contains groups
explain-group-nested-in = Nested in
explain-products = Assigns
explain-product = { $product }{ $free ->
    [unknown] ; free seats not known
   *[other] ; { $free } free
}
explain-as-candidate = For automatic licensing
explain-deleted = “{ $group }” ({ $id }) has been in the recycle bin since { $since }; a deleted group licenses nobody. Groups can be restored within 30 days ({ -entra-center }, Groups > Deleted groups).

### A first configuration

draft-head = Written by `tollgate init`. It names the groups that are meant to license people automatically.
draft-check = Read it and change what is not meant, then run `tollgate audit`.
draft-incomplete = A list was not read to its end: groups may be missing here.
draft-targets = { $count ->
    [0] No group is licensed now.
    [one] { $count } group is licensed now.
   *[other] { $count } groups are licensed now. Those that assign Office 365 or EMS are targets.
}
draft-nothing-for-users = It assigns nothing to users, so it is no target.
draft-lacks = It does not assign { $suite }. As it stands here its members need both suites, which is what the criterion wants; if they need no more than it assigns, remove the mark:
draft-lacks-both = It assigns neither Office 365 nor EMS, so it is not what the criterion asks for. If it is meant all the same, remove the marks:
draft-proposals = { $count ->
    [0] No group without licenses is suitable.
    [one] { $count } group without licenses is suitable. Remove the marks in front of it if you decide for it.
   *[other] { $count } groups without licenses are suitable. Remove the marks in front of those that you decide for.
}
draft-short = Seats that would be missing: { $names }.
draft-short-product = { $short } of { $product }
draft-more = { $count ->
    [one] and { $count } more: `tollgate groups` shows it.
   *[other] and { $count } more: `tollgate groups` shows them.
}
draft-unknown = { $count ->
    [one] Of { $count } group not enough is known: `tollgate groups` says why.
   *[other] Of { $count } groups not enough is known: `tollgate groups` says why.
}
draft-scope = What is left out of the judgement; every report shows it.
draft-seats = When few free seats and lapsing subscriptions are told.

### What the program says while it works, and the other commands

reveal-unknown = { $count ->
    [one] { $count } pseudonym was made with another key and stays as it is.
   *[other] { $count } pseudonyms were made with another key and stay as they are.
}
demo-note = This is a demo: a simulated tenant, served and scanned on this computer.
snapshot-written = Snapshot written to { $file }; it holds personal data.
journal-given-up = { $file }.journal is of an interrupted scan and is given up: this scan begins anew. “tollgate scan --save { $file } --resume” would go on from there.
journal-kept = Not everything could be read, and what was read is kept: “tollgate scan --save { $file } --resume” reads what is missing, with the options of this run.
plan-collection = collection
plan-objects = objects
plan-requests = requests
plan-units = resource units
plan-all = in all
plan-note = An estimate from counts; nothing else was read. Of members, the objects are the groups whose lists are read, and their pages follow from the number of licensed users. Groups nested in them, requests that have to be repeated, and users who are read once more before they are reported come on top.
scan-written = Snapshot written to { $file }: { $users ->
    [one] { $users } user
   *[other] { $users } users
}, { $groups ->
    [one] { $groups } group
   *[other] { $groups } groups
}, { $requests ->
    [one] { $requests } request
   *[other] { $requests } requests
}. It holds personal data.
not-read-completely = Not read to the end: { $collection }: { $why }
groups-cost = Reading the members of { $at-most ->
    [yes] at most
   *[no] about
} { $groups ->
    [one] { $groups } group
   *[other] { $groups } groups
}: { $at-most ->
    [yes] at most
   *[no] about
} { $requests } requests and { $units } resource units.
groups-snapshot-lacks = The snapshot does not hold the members of { $count ->
    [one] { $count } group
   *[other] { $count } groups
}; `tollgate scan --members all --save FILE` takes one that does.
init-written = { $file } written. Read it, then run `tollgate audit --config { $file }`.
wrote-file = wrote { $file }
signing-in = signing in by { $method }, because { $because }; Graph at { $graph }
progress-users = users
progress-groups = groups
progress-members = members
progress-read-again = read again
rules-more = `tollgate explain CODE` tells what a code means and what to do.
permission-reads = reads: { $reads }
permission-without = without it inconclusive: { $criteria }
permission-instead = optional: in the place of GroupMember.Read.All, where that does not show the licenses of groups, and for the recycle bin
permission-hidden = optional: only where groups with hidden membership are licensed
permission-directory = Directory.Read.All alone reads the same, hidden membership aside. docs/permissions.md shows how to grant them.

### tollgate doctor

state-ok = ok
state-warn = warn
state-missing = missing
state-failed = failed
doctor-configuration = { $file ->
    [none] no file
   *[other] { $file }
}; { $targets ->
    [0] no targets, so the licensed groups stand in
    [one] { $targets } target
   *[other] { $targets } targets
}; Graph at { $graph }
doctor-sign-in = by { $method }, because { $because }
doctor-sign-in-failed = by { $method }, because { $because }: { $error }
doctor-token-no-jwt = permissions unknown: the token is not one that can be read (no JWT)
doctor-token-empty = permissions unknown: the token has neither `roles` nor `scp`
doctor-token-unknown = nothing, if the reads below work: they show what the token permits
doctor-token = { $kind ->
    [delegated] delegated
   *[other] application
}{ $tenant ->
    [none] { "" }
   *[other] , tenant { $tenant }
}{ $until ->
    [none] { "" }
   *[other] , until { $until }
}; { $held }
doctor-token-missing = grant { $missing } and admin consent{ $excess ->
    [none] { "" }
   *[other] ; more than an audit needs: { $excess }; use an identity that may only read
}
doctor-token-excess = more than an audit needs: { $excess }; use an identity that may only read
doctor-can-be-read = can be read
doctor-no-licenses-of-group = can be read, but the licenses of the first group are not shown
doctor-no-licenses = can be read, but the licenses of the first object are not shown
doctor-grant = grant { $permission } and admin consent
doctor-grant-larger = grant { $permission } and admin consent; a smaller permission does not show them
doctor-grant-or-role = grant { $permission } and admin consent; a user also needs a role such as Global Reader
doctor-grant-bin = an audit does without; to tell whether a target that is missing was deleted, grant { $permission } and admin consent
doctor-error = { $error }
doctor-hint = { $hint }
doctor-no-hint = check the Graph URL, and run it again later
doctor-clock-unknown = the server does not tell the time
doctor-clock-as-of = give the day to audit --as-of, or this computer's clock is used
doctor-clock-right = differs from the server's by { $seconds } s
doctor-clock-ahead = this computer is { $seconds } s ahead of the server, which says { $server }
doctor-clock-behind = this computer is { $seconds } s behind the server, which says { $server }
doctor-clock-set = set this computer's clock; a sign-in by certificate is refused where clocks differ
doctor-proxy = { $proxy ->
    [none] HTTPS_PROXY is not set
   *[other] { $proxy } is { $url }
}; { $no-proxy ->
    [none] NO_PROXY is not set
   *[other] { $no-proxy } is { $hosts }
}; never used for this computer itself
doctor-tls-plain = plain http to { $host }, which is this computer
doctor-tls = https to { $host }; its certificate is trusted by { $file ->
    [none] the system
   *[other] the system or { $file }
}
doctor-consent = An audit needs these permissions of Microsoft Graph, with admin consent:
doctor-consent-ids = The ids are those for an application. A user (cli, device) takes the delegated permissions of the same names and a role that reads the directory, such as Global Reader.
doctor-consent-cli = With the Azure CLI, for an application:

### Fixed words of the part that signs in and reads; the English text is looked up

phrase-set-token = TOLLGATE_ACCESS_TOKEN is set
phrase-set-secret = AZURE_CLIENT_SECRET is set
phrase-set-certificate = AZURE_CLIENT_CERTIFICATE_PATH is set
phrase-set-workload = AZURE_FEDERATED_TOKEN_FILE is set
phrase-set-pipelines = the variables of an Azure Pipelines service connection are set
phrase-set-managed = IDENTITY_ENDPOINT and IDENTITY_HEADER are set
phrase-set-nothing = the environment announces nothing else
phrase-asked = it was asked for
phrase-no-tenant = there is no such tenant: check the tenant id, and whether it is in another cloud (--cloud)
phrase-national-cloud = the tenant or application is in another national cloud: choose it with --cloud
phrase-no-application = the application is not in this tenant: check AZURE_CLIENT_ID and the tenant, and grant admin consent
phrase-wrong-secret = the client secret is wrong: AZURE_CLIENT_SECRET must be the secret's value, not its id
phrase-old-secret = the client secret has expired: make a new one for the application
phrase-no-public-client = the application is not a public client: give a secret, or allow public client flows
phrase-public-client = the application is a public client and must not send a secret
phrase-certificate-not-registered = the certificate is not registered with the application: upload the one that AZURE_CLIENT_CERTIFICATE_PATH names
phrase-certificate-refused = the certificate is not accepted: check that it is valid and registered with the application
phrase-assertion-time = the signed assertion is outside its time range: check this computer's clock
phrase-no-federation = the application trusts no such issuer, subject or audience: compare its federated credential with the token's
phrase-entra-assertion = a token of Entra ID cannot stand for an application: the assertion must come from another issuer
phrase-scope = the scope is not accepted: it must be the Graph origin and /.default (--scope)
phrase-unknown-graph = this Graph is unknown to the tenant: check --cloud, --graph-url and --scope
phrase-consent = an administrator must consent to the application's permissions first
phrase-application-disabled = the application is disabled or unknown in this tenant
phrase-conditional-access = Conditional Access blocks this sign-in: ask for an exception for the application
phrase-multi-factor = multi-factor authentication is required: sign in again, or use an application
phrase-device-waits = the sign-in with the device code is still waiting for the user
phrase-device-wrong = the device code is wrong or has expired: start the sign-in again
phrase-sign-in-ended = the sign-in has expired: sign in again
phrase-common = this sign-in needs a tenant id, not `common` or `consumers`
phrase-sign-in-busy = the sign-in service is busy: try again in a few minutes
phrase-ca-file = give the certificate authority of your proxy or server with --ca-file
phrase-host-name = check the host name, the network and the proxy settings
phrase-network = check the network and the proxy settings (HTTPS_PROXY, NO_PROXY)
phrase-throttled = run it again later, when the tenant is less busy, or be more patient with --max-wait
phrase-server = run it again later; the service had a failure
phrase-proxy-changes = check whether a proxy changes the answers, then run it again
phrase-graph-url = check the Graph URL, and whether a proxy stands in between
phrase-authority-url = check the authority URL, and whether a proxy stands in between
phrase-old-token = the token in TOLLGATE_ACCESS_TOKEN has ended or is for something else: get a new one
phrase-other-graph = check --cloud, --graph-url and --scope: the token may be for another Graph
phrase-managed-identity = assign a managed identity to this machine; if it has several, AZURE_CLIENT_ID must name one
phrase-no-managed-identity = no managed identity service answers here: use another --auth
phrase-pipelines = check AZURESUBSCRIPTION_SERVICE_CONNECTION_ID, and that the step maps SYSTEM_ACCESSTOKEN: $(System.AccessToken)
phrase-credentials = set AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET (docs/permissions.md shows how to get them), or run `az login`; `tollgate audit --demo` needs neither
phrase-federated-token = AZURE_FEDERATED_TOKEN_FILE names the file with the token of the other issuer
phrase-https = use https, or give a token of that server in TOLLGATE_ACCESS_TOKEN
phrase-pem = --ca-file takes a PEM file, with lines `-----BEGIN CERTIFICATE-----`
phrase-sooner = run it again, and sign in sooner
phrase-certificate-file = AZURE_CLIENT_CERTIFICATE_PATH names a PEM file with a certificate and its private key

### The page: report.html and report.md

n-findings = { $findings ->
    [one] { $findings } finding
   *[other] { $findings } findings
}

page-skip = Skip to the findings
page-contents = Contents
page-verdict = Verdict
page-criterion = The exit criterion
page-statement = Group-based licensing is switched on for the security groups that suit it, so that licenses for both Office 365 and EMS are given and taken away automatically.
page-source = In our words. Microsoft 365 Enterprise, Identity phase, Step 12 “Set up automatic licensing”, edition of January 2019.
page-level = Level
page-level-optional = Optional: Microsoft asks that it be considered before the phase is left. It applies to both E3 and E5.
page-level-required = Required.
page-cost = If skipped
page-cost-text = Somebody has to give licenses by hand to each new user who is to have Office 365 and EMS, and to take them by hand from everyone who has left or should no longer have them.
page-criteria = Criteria and findings
page-all-shown = { $total ->
    [0] There is no finding and no gap.
    [one] The only finding is shown.
   *[other] All { $total } findings and gaps are shown, the worst first.
}
page-chosen = Shown are { $shown } of { $total } findings and gaps: of every kind the first { $each }, then as many as fit, violations before gaps, gaps before waived violations, and those before advisories. All of them are in findings.csv and result.json.
page-filter = Search and filter the findings
page-search = Search
page-filter-all = all
page-filter-criterion = Criterion
page-filter-severity = Severity
page-filter-code = Code
page-filter-group = Group
page-sort = Order
page-sort-worst = the worst first
page-sort-code = by code
page-sort-group = by group
page-sort-name = by person
page-count = Shown: { $shown } of { $all }
page-open-all = Open all
page-close-all = Close all
page-reset = Reset
page-keys = On a finding: arrow keys go up and down, Enter opens. In the search: Escape clears. Prints as shown, with the evidence that is open.
page-class-violation = Violations
page-class-gap = Gaps: what is not known
page-class-waived = Waived violations
page-class-advisory = Advisories
page-demands = Demands
page-examined = Examined
page-examined-nothing = nothing: there was nothing to look at
page-nothing = Nothing was found.
page-none-fits = No finding of this criterion fits the filter.
page-left = { $count ->
    [one] { $count } more of this kind is in findings.csv and result.json.
   *[other] { $count } more of this kind are in findings.csv and result.json.
}
page-waived-by = Accepted by { $owner } until { $expires }.
page-link = Link to this finding
page-folded-companion = Failed with it:
page-folded-missing = Missing because of it:
page-folded-advisory = Worth knowing:
page-evidence = Evidence
page-object = Object
page-property = Property
page-seen = Seen
page-wanted = Wanted
page-read-at = Read at
page-seat-sum = { $enabled } enabled + { $warning } in grace = { $capacity } seats; { $capacity } − { $consumed } in use = { $free } free. { $demand } needed, { $waiting } waiting.{ $extra ->
    [0] { "" }
   *[other] { " " }{ $extra } suspended or locked.
}
page-seat-unknown = A counter of this product was not read, so there is no sum.
page-seat-not-owned = The tenant does not own this product.
page-seats-table = Seats by product
page-bar-enabled = enabled
page-bar-grace = in their grace period
page-bar-suspended = suspended or locked: not usable
page-bar-consumed = in use
page-bar-waiting = waiting
page-bar-capacity = capacity: enabled and in grace
column-suspended = suspended
page-groups = Groups
page-groups-text = Every group in scope: the targets of the configuration and the groups that carry licenses, those with the worst verdicts first.
page-groups-table = Groups and their verdicts under each criterion
page-groups-left = { $count ->
    [one] { $count } more group is in groups.csv.
   *[other] { $count } more groups are in groups.csv.
}
page-group = Group
page-user = User
page-products = Products
page-target = Target
page-licenses = Licenses
page-members = Members
page-processing = Processing
page-yes = yes
page-no = no
page-unread = not read
page-decisions = Waivers and exclusions
page-waivers = Waivers
page-waivers-text = Violations that somebody accepts, for a reason, until the end of a day (UTC)
page-no-waivers = The configuration has no waiver.
page-waiver-of = Criterion
page-reason = Reason
page-owner = Owner
page-expires = Good until
page-state = State
page-covers = Covers
waiver-state-active = in force
waiver-state-expired = expired
waiver-state-unused = covers nothing
page-left-out = Left out
page-left-out-text = The configuration leaves these out of the judgement.
page-nothing-left-out = The configuration leaves nothing out of the judgement.
page-suitable = Which groups are suitable
page-suitable-unread = The members of other groups were not read. `tollgate groups --save FILE` reads them; then `tollgate audit --snapshot FILE` tells here which groups are suitable for automatic licensing.
page-suitable-more = `tollgate groups --snapshot FILE --out DIR` says it of every group, with the reasons, in groups-suitability.csv.
page-candidates = Groups, and the seats of all products together that they would take
page-candidates-left = { $count ->
    [one] { $count } more candidate is not shown here.
   *[other] { $count } more candidates are not shown here.
}
page-owners-unread = Owners of groups were not read, or not of all.
page-rank = Rank
page-newly-covered = Newly covered
page-seats-needed = Seats needed
page-seats-short = Seats short
page-coverage = What was read
page-coverage-complete = Every list that the scan asked for was read to its end. What it did not ask for, and what came back empty, is named among the gaps of the criteria where it matters.
page-coverage-incomplete = Not everything was read to its end. What rests on it is not judged, and no criterion is met on data that was not seen.
page-coverage-table = Collections
page-collection = Collection
page-read = Objects read
page-read-whole = To the end
page-read-of = { $read } read of { $expected }
page-read-some = { $read } read
page-wholly = { $count ->
    [one] yes
   *[other] yes, all { $count }
}
page-partly = { $count ->
    [one] no
   *[other] no: { $incomplete } of { $count } not
}
collection-organization = The tenant
collection-products = Products and seats
collection-subscriptions = Subscriptions
collection-groups = Groups
collection-deleted-groups = Groups in the recycle bin
collection-members = Members of groups
collection-owners = Owners of groups
collection-users = Users
collection-single-users = Users asked for one by one
page-run = The run
page-started = Began
page-finished = Ended
page-spent = Took
page-reread = Read again
page-program = Program
page-other-files = More in the files beside this one: result.json with all findings and their evidence, and tables in CSV. What a code means is told by “tollgate explain CODE”.
page-made-by = { $name } { $version }. Reads only. This page holds personal data; keep it as you keep other personal data.
page-sign-off = Sign-off
page-sign-off-text = Verdict of the audit: { $verdict }, as of { $date }.
page-sign-accept = Accepted
page-sign-conditions = Accepted with the remarks below
page-sign-reject = Not accepted
page-sign-remarks = Remarks
page-sign-auditor = Auditor
page-sign-owner = Owner of the criterion
page-sign-date = Date
page-sign-signature = Signature

### What the codes say in a few words

code-all-targets-excluded = Every target is also excluded
code-assignment-active-with-error = License active, with an error
code-assignment-disabled = License switched off
code-assignment-error = License refused with an error
code-count-violation-stale = Refused for lack of seats that are there now
code-demand-exceeds-seats = More people than seats
code-direct-and-inherited = License from the group and directly as well
code-direct-only = License by direct assignment only
code-disabled-account-holds-seat = Blocked account holds a seat
code-dynamic-rule-admits-guests = Membership rule admits guests
code-empty-licensed-group = Licensed group without users
code-group-kind-unknown = Kind of group not known
code-group-licenses-unreadable = Licenses of groups not shown
code-group-type-not-eligible = Group of a kind that cannot be licensed
code-guest-in-licensed-group = External account in a licensed group
code-guest-in-nested-group = External account in a nested group
code-guest-in-target-group = External account in a target
code-internal-guest = Guest without an invitation
code-license-left-behind = License kept after leaving the group
code-license-pending = License still being processed
code-license-processing-not-complete = Group still being processed
code-license-states-missing = Licenses of a member not shown
code-license-suspended = License of a product that cannot be used
code-limited-information = Member of whom nothing but the id is shown
code-low-headroom = Few free seats left
code-member-through-nested-group = Member through a nested group goes without
code-members-incomplete = Members not read to the end
code-members-not-in-snapshot = Members not in the snapshot
code-membership-hidden = Members hidden
code-membership-not-settled = Membership still being worked out
code-membership-rule-paused = Membership rule paused
code-missing-product = Required product missing
code-nested-group-members-not-licensed = Members of a nested group go without
code-no-group-configured = No group carries a license
code-no-group-grants-both-suites = No group hands out both suites
code-no-license-assigned = Target without any license
code-no-plan-given = No targets configured
code-no-seat-left = Every seat in use
code-not-a-plain-security-group = Not a plain security group
code-not-licensed-without-error = License missing, and no error reported
code-orphan-assignment = License from a group that is gone
code-over-consumed = More seats in use than there are
code-plans-differ-from-group = Service plans differ from the group's
code-product-from-another-group = Required product comes from other groups
code-required-plan-disabled = Required service plan switched off
code-seat-counters-missing = Counters of seats not shown
code-seats-exhausted = Members wait, and no seat is free
code-seats-in-grace = Enough seats only in the grace period
code-seats-unreadable = Products and seats not read
code-sku-not-owned = Product that the tenant does not own
code-sku-plans-missing = Service plans of a product not known
code-sku-unreadable = Status of a product not known
code-subscription-lapses = Subscription comes to its date
code-subscription-suspended = No usable seat: subscription suspended
code-target-deleted = Target in the recycle bin
code-target-not-found = Target not found
code-unplanned-licensed-group = Licensed group that is no target
code-unrecognised-state = Unknown state of a license
code-unused-seats = Many seats unused
code-usage-location-missing = Usage location missing
code-users-incomplete = Users not read to the end
code-waiver-covers-all = Waiver that is narrowed by nothing
code-waiver-expired = Waiver expired
code-waiver-unused = Waiver that covers nothing

### Errors, line by line; the English text is looked up (no plurals here)

error = error
hint = hint
error-check-name = check the name and its folder
error-no-text = { $name } is no text
error-no-text-hint = a spreadsheet or an archive cannot be turned back; give the CSV or JSON of the same audit
error-redact-save = --redact does not reach a snapshot: it holds what Graph sent, names included
error-redact-save-hint = leave out --save, or add --snapshot-with-names if the snapshot stays with you
error-kept = what was read is kept
error-interrupted-kept = interrupted; what was read is kept
error-interrupted-kept-hint = `tollgate scan --save { $path } --resume` reads what is missing, with the options of this run
error-interrupted = interrupted; nothing was written
error-unknown-subject = `{ $subject }` is neither a criterion nor a code
error-unknown-subject-hint = `tollgate rules` lists them
error-unknown-subject-tenant-hint = `tollgate rules` lists them; for a user or group say which tenant: --snapshot FILE, --demo or --tenant ID
error-mistyped-code-hint = did you mean `{ $name }`? For a user or group of that name say which tenant: --config FILE, --snapshot FILE, --demo or --tenant ID
error-unknown-object = `{ $subject }` is no criterion, no code, and no user or group of this tenant
error-unknown-object-unread = `{ $subject }` is no criterion, no code, and no user or group of this tenant (not all users and groups were read)
error-unknown-object-hint = name a user by id, user principal name or display name, a group by id or name
error-ambiguous-object = `{ $name }` is the name of { $count } objects:
error-ambiguous-object-hint = name one by its id
error-match-nothing = no group of the tenant fits --match { $name }
error-match-nothing-hint = check the name, or put * for any text
error-match-empty = --match is empty
error-match-empty-hint = name a group, or leave it out
error-init-exists = { $path } is there already and is not overwritten
error-init-exists-hint = choose another file with --to, or move it away
error-init-write = cannot write { $path }: { $error }
error-init-write-hint = check the folder, or choose another file with --to
error-did-you-mean = did you mean `{ $name }`?
error-ambiguous = `{ $name }` is the name of { $count } groups:
error-ambiguous-hint = name the group by its object id
error-named-twice = the group { $group } is named by two targets, `{ $first }` and `{ $second }`
error-named-twice-hint = put all that its members need into one [[target]]
error-requirement-unread = target `{ $target }` requires `{ $requirement }`, which is no suite, no part number of this tenant (its products could not be read) and no part number in Microsoft's product table
error-requirement = target `{ $target }` requires `{ $requirement }`, which is no suite, no part number of this tenant and no part number in Microsoft's product table
error-requirement-hint = require office365, ems, a part number or a SKU id
error-requirement-ambiguous = target `{ $target }` requires `{ $requirement }`, which is the part number of several products:
error-requirement-ambiguous-hint = require the SKU id
error-nothing-readable = neither groups nor users could be read
error-nothing-readable-groups = groups: { $error }
error-nothing-readable-users = users: { $error }
error-nothing-readable-hint = where they were refused, grant GroupMember.Read.All and User.Read.All with admin consent (docs/permissions.md shows how), then run again
error-graph-read = failed to read { $what }
error-graph-sign-in = failed to sign in: { $what }
error-graph-connection = failed to set up the connection: { $what }
error-snapshot-open = cannot read the snapshot { $path }: { $error }
error-snapshot-open-hint = check the name, or take one with `tollgate scan --save`
error-snapshot-write = cannot write the snapshot { $path }: { $error }
error-snapshot-write-hint = choose a file name in a folder that exists and that you may write to
error-snapshot-resume = there is no interrupted scan to resume at { $path }: { $error }
error-snapshot-resume-hint = leave --resume out to begin a new scan
error-snapshot-damaged = the snapshot { $path } is damaged: { $why }
error-snapshot-damaged-hint = nothing of it was judged; take a new one with `tollgate scan --save`
error-snapshot-version = the snapshot { $path } has format version { $found }, and this program reads version { $version }
error-snapshot-version-hint = use the tollgate that wrote it ({ $tool }), or take a new one with `tollgate scan --save`
error-report-directory = the directory { $path } could not be made: { $error }
error-report-directory-hint = choose another with --out, or make it yourself
error-report-file = { $path } could not be written: { $error }
error-report-file-hint = check that there is room and that you may write there, or choose another directory with --out
error-key-file = the key file { $path } cannot be used: { $error }
error-key-file-hint = check the name, its folder, and that you may read and write there
error-no-key = { $path } is no key file of tollgate
error-no-key-hint = give the file that --redact-key wrote, or the name of a new one
error-no-pseudonyms = there are no pseudonyms in this text
error-no-pseudonyms-hint = give a report that was made with --redact-key
error-other-key = none of the { $count } pseudonyms in this text was made with this key
error-other-key-hint = give the key file that was used for the report
error-cannot-read = cannot read { $path }: { $error }
error-cannot-write = cannot write { $path }: { $error }

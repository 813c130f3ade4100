/** Words that stand for each other in documentation. A word may be in several groups. */
export const synonyms: readonly (readonly string[])[] = `
stop abort cancel terminate kill halt interrupt
quit exit end shutdown close stop
delete remove drop erase clear uninstall discard
create make generate build new initialize scaffold
add append insert register attach include
change modify update edit alter override customize replace adjust
start run launch begin execute boot invoke
show display print output
list enumerate
error exception failure fail throw crash
folder directory
setting option configuration config preference
configure customize
function method
parameter argument
fast quick speed performance faster
get fetch retrieve obtain read
send emit post dispatch publish
check verify validate validation
limit maximum max cap restrict bound
minimum min least
wait delay pause sleep
retry reattempt
hide suppress silence mute quiet redact mask
log logging logger
allow permit enable
disable off deactivate
forbid prevent block deny disallow
big large size
install setup
upgrade update migrate
duplicate copy clone
picture image
environment env
repository repo
module package library
redirect forward
merge combine join
split divide separate
repeat loop iterate
login authenticate authentication auth
password passphrase
encrypt encryption
documentation docs
release publish
order sort
unique distinct
temporary temp
undo revert rollback
select choose pick
need require
parallel concurrent concurrently simultaneous
save persist store storage
licence license
colour color
behaviour behavior
cost price fee charge
avoid prevent skip omit
`
  .trim()
  .split('\n')
  .map((line) => line.split(' '))

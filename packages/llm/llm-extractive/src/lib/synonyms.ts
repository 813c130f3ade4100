/** Words that stand for each other in documentation. A word may be in several groups. */
export const synonyms: readonly (readonly string[])[] = `
stop abort cancel terminate kill halt interrupt end quit exit shutdown close
delete remove drop erase clear unset uninstall discard
create make generate build new initialize scaffold
add append insert register attach include
change modify update edit alter override customize replace
start run launch begin execute boot invoke serve
show display print output view
list enumerate
error exception failure fail throw crash
catch handle
folder directory
setting option configuration config preference parameter
configure set customize
function method callback handler
parameter argument
fast quick speed performance efficient faster
slow latency
get fetch retrieve obtain read load
send emit post dispatch publish
receive accept
check verify validate ensure test validation
limit maximum max cap restrict bound at-most
minimum min least
wait delay pause timeout
retry retries reattempt
hide suppress silence mute quiet
log logging logger logs
allow permit enable
disable off deactivate
forbid prevent block deny disallow
big large size
install setup
upgrade update migrate
duplicate copy clone
picture image
env environment
variable variables
repository repo
package module dependency library
redirect forward
merge combine join
split divide separate
rename move
hook middleware
login authenticate authentication authorization auth credential
password secret credential
key token
string text
encrypt encryption
docs documentation
release publish
shared share
safe secure security
type typing typescript
order sort priority
unique distinct
temporary temp
undo revert rollback
select choose pick
need require required
parallel concurrent concurrently simultaneous
connect connection
store save persist write storage
event listener
license licence
cost price fee
port listen
`
  .trim()
  .split('\n')
  .map((line) => line.split(' '))

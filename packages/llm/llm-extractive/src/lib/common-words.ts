/** Words that turn a statement into a question or join its parts; they are not what it is about. */
export const fillerWords: readonly string[] = `
please tell explain describe know mean means meaning happen happens exactly actually really just also may might must
shall will can let lets like want wants wish need needs try trying able possible possibly way ways someone somebody
anyone anybody something anything everything thing things one ones give gives given help say says many much lot kind
sort purpose us ever still get gets got getting go goes going best good right proper properly correct correctly
recommended question answer per via upon toward towards among across along around inside outside onto whether since
though although however else value values number long turn
`
  .trim()
  .split(/\s+/)

/** Words so common in documentation that finding them says little. */
export const commonWords: readonly string[] = `
use uses used using usage make makes made making work works worked working set sets setting settings configure
configured configuration config option options support supports supported run runs running add adds adding create
creates created creating change changes changed changing new different difference example examples default file files function functions method methods object objects code application app apps project projects name names
named type types data user users time times system page pages show shows first last two three list return returns
returned call calls called start version versions without within enable enabled disable disabled handle handling
handles handled allow allows allowed define defined provide provided provides pass passed take takes put find finds
see automatically custom own specific specify specified available instead multiple single every another part
result results write writing read reading build built mode often
`
  .trim()
  .split(/\s+/)

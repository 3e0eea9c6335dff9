import type { ArgumentNode, FieldNode, ValueNode } from 'graphql'
import { literalText } from './literal-text.ts'

/** graphql-java's name for a violated rule, and its sentence. The pattern reads graphql-js's own message. */
export interface Wording {
  pattern?: RegExp
  type: string
  say(groups: string[], place: Place): string
}

/** Where in the query an error stands. */
export interface Place {
  /** Names of the fields down to it. */
  path: string[]
  field?: FieldNode
  argument?: ArgumentNode
  /** Input fields between the argument and the value. */
  inputPath: string[]
  value?: ValueNode
}

const wording = (type: string, say: Wording['say'], pattern?: RegExp): Wording => ({
  type,
  say,
  ...(pattern && { pattern }),
})
const wrongType = (pattern: RegExp, problem: (groups: string[]) => string): Wording =>
  wording(
    'WrongType',
    (groups, place) => {
      const name = [place.argument?.name.value ?? '', ...place.inputPath].join('.')
      const value = place.value ?? place.argument?.value
      return `argument '${name}' with value '${value ? literalText(value) : ''}' ${problem(groups)}`
    },
    pattern,
  )

/**
 * By graphql-js rule; where a rule has several wordings, the first whose pattern fits. Names: graphql-java's
 * ValidationErrorType.
 */
export const WORDINGS: Record<string, Wording[]> = {
  FieldsOnCorrectTypeRule: [
    wording(
      'FieldUndefined',
      ([field, type]) => `Field '${field}' in type '${type}' is undefined`,
      /field "(.+?)" on type "(.+?)"/,
    ),
  ],
  NoSchemaIntrospectionCustomRule: [
    wording(
      'FieldUndefined',
      ([field]) => `Field '${field}' in type 'Query' is undefined`,
      /contained the field "(.+?)"/,
    ),
  ],
  ScalarLeafsRule: [
    wording(
      'SubSelectionNotAllowed',
      ([field, type]) => `Sub selection not allowed on leaf type ${type} of field ${field}`,
      /"(.+?)" must not have a selection since type "(.+?)"/,
    ),
    wording(
      'SubSelectionRequired',
      ([field, type]) => `Sub selection required for type ${type} of field ${field}`,
      /"(.+?)" of type "(.+?)" must have/,
    ),
  ],
  KnownArgumentNamesRule: [
    wording('UnknownArgument', ([name]) => `Unknown field argument ${name}`, /argument "(.+?)" on field/),
  ],
  KnownArgumentNamesOnDirectivesRule: [
    wording('UnknownDirective', ([name]) => `Unknown directive argument ${name}`, /argument "(.+?)"/),
  ],
  ProvidedRequiredArgumentsRule: [
    wording('MissingFieldArgument', ([name]) => `Missing field argument ${name}`, /^Field .* argument "(.+?)" of type/),
    wording('MissingDirectiveArgument', ([name]) => `Missing directive argument ${name}`, /argument "(.+?)" of type/),
  ],
  ValuesOfCorrectTypeRule: [
    wrongType(/Field ".*\.(.+?)" of required type/, ([name]) => `is missing required fields '[${name}]'`),
    wrongType(
      /Field "(.+?)" is not defined by type "(.+?)"/,
      ([name, type]) => `contains a field not in '${type}': '${name}'`,
    ),
    wrongType(/Value ".*" does not exist in "(.+?)" enum/, ([type]) => `is not a valid '${type}'`),
    wrongType(/Enum "(.+?)" cannot represent/, ([type]) => `is not a valid '${type}'`),
    wrongType(/Expected value of type "(.+?)!?"/, ([type]) => `is not a valid '${type}'`),
    wrongType(/^(\w+) cannot represent/, ([type]) => `is not a valid '${type}'`),
  ],
  VariablesInAllowedPositionRule: [
    wording(
      'VariableTypeMismatch',
      ([is, want]) => `Variable type '${is}' doesn't match expected type '${want}'`,
      /of type "(.+?)" used in position expecting type "(.+?)"/,
    ),
  ],
  KnownTypeNamesRule: [wording('UnknownType', ([type]) => `Unknown type ${type}`, /Unknown type "(.+?)"/)],
  NoUndefinedVariablesRule: [
    wording('UndefinedVariable', ([name]) => `Undefined variable ${name}`, /Variable "\$(.+?)"/),
  ],
  NoUnusedVariablesRule: [wording('UnusedVariable', ([name]) => `Unused variable ${name}`, /Variable "\$(.+?)"/)],
  KnownFragmentNamesRule: [wording('UndefinedFragment', ([name]) => `Undefined fragment ${name}`, /fragment "(.+?)"/)],
  NoUnusedFragmentsRule: [wording('UnusedFragment', ([name]) => `Unused fragment ${name}`, /Fragment "(.+?)"/)],
  NoFragmentCyclesRule: [wording('FragmentCycle', () => 'Fragment cycles not allowed')],
  PossibleFragmentSpreadsRule: [
    wording(
      'InvalidFragmentType',
      ([name, parent, type]) =>
        `Fragment ${name} cannot be spread here as objects of type ${parent} can never be of type ${type}`,
      /Fragment "(.+?)" .* type "(.+?)" can never be of type "(.+?)"/,
    ),
    wording(
      'InvalidFragmentType',
      ([parent, type]) => `Fragment cannot be spread here as objects of type ${parent} can never be of type ${type}`,
      /type "(.+?)" can never be of type "(.+?)"/,
    ),
  ],
  FragmentsOnCompositeTypesRule: [
    wording(
      'FragmentTypeConditionInvalid',
      () => 'Fragment type condition is invalid, must be on Object/Interface/Union',
      /^Fragment "/,
    ),
    wording(
      'InlineFragmentTypeConditionInvalid',
      () => 'Inline fragment type condition is invalid, must be on Object/Interface/Union',
    ),
  ],
  OverlappingFieldsCanBeMergedRule: [
    wording(
      'FieldsConflict',
      ([field, why]) => `${field}: ${(why ?? '').replaceAll('"', '')}`,
      /Fields "(.+?)" conflict because (.+?)\. Use/,
    ),
  ],
  VariablesAreInputTypesRule: [wording('NonInputTypeOnVariable', () => 'Wrong type for a variable')],
  KnownDirectivesRule: [
    wording('MisplacedDirective', ([name]) => `Directive ${name} not allowed here`, /Directive "@(.+?)" may not/),
    wording('UnknownDirective', ([name]) => `Unknown directive ${name}`, /directive "@(.+?)"/),
  ],
  LoneAnonymousOperationRule: [
    wording('LoneAnonymousOperationViolation', () => 'Anonymous operation with other operations.'),
  ],
  UniqueOperationNamesRule: [
    wording('DuplicateOperationName', ([name]) => `There can be only one operation named '${name}'`, /named "(.+?)"/),
  ],
  UniqueFragmentNamesRule: [
    wording('DuplicateFragmentName', ([name]) => `There can be only one fragment named '${name}'`, /named "(.+?)"/),
  ],
  UniqueArgumentNamesRule: [
    wording('DuplicateArgumentNames', ([name]) => `There can be only one argument named '${name}'`, /named "(.+?)"/),
  ],
  UniqueVariableNamesRule: [
    wording('DuplicateVariableName', ([name]) => `There can be only one variable named '${name}'`, /named "\$(.+?)"/),
  ],
  UniqueDirectivesPerLocationRule: [
    wording(
      'DuplicateDirectiveName',
      ([name]) => `Directive ${name} can be used only once at this location`,
      /directive "@(.+?)"/,
    ),
  ],
  SingleFieldSubscriptionsRule: [
    wording('SubscriptionMultipleRootFields', () => 'Subscription operation must have exactly one root field'),
  ],
}

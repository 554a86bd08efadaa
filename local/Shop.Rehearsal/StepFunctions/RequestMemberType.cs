namespace Shop.Rehearsal.StepFunctions;

internal enum RequestMemberType
{
    Text,
    Number,
    Flag,
    Structure,
    List,
}

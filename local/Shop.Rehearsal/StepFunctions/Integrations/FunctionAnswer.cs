namespace Shop.Rehearsal.StepFunctions.Integrations;

/// <summary>What a function answered, or the JSON of its error.</summary>
public sealed record FunctionAnswer(byte[] Payload, bool IsError, string ExecutedVersion = "$LATEST");

using Shop.Asl.History;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>Something that an execution did, as the control room sees it live.</summary>
public sealed record ExecutionEvent(string Region, Execution Execution, HistoryEvent Event);

namespace Shop.Rehearsal.Aurora;

/// <summary>An operation that is pending or under way; there is none otherwise.</summary>
public sealed record FailoverState(string Status, string FromArn, string ToArn, bool IsDataLossAllowed);

namespace Shop.Rehearsal.Faults;

internal enum ServiceFaultKind
{
    /// <summary>Answers that there are too many requests, without doing anything.</summary>
    Throttled,

    /// <summary>Answers with an error of its own, without doing anything.</summary>
    Failing,

    /// <summary>Does what it is asked, later.</summary>
    Slow,

    /// <summary>Answers each question as it did when it was first asked under the fault; what changes something goes through.</summary>
    Stale,

    /// <summary>Does what it is asked, then answers with an error: the caller can't know.</summary>
    LosesAnswers,
}

/// <summary>What is wrong with a played AWS service of a Region.</summary>
/// <param name="Action">Only this action, <c>FailoverGlobalCluster</c>; null for all.</param>
/// <param name="Times">Only so often; null for as long as it lasts.</param>
internal sealed record ServiceFault(ServiceFaultKind Kind, TimeSpan Delay = default, string? Action = null, int? Times = null);

namespace Shop.Failover.Routing;

/// <summary>A routing control and the state it has or should have: <c>On</c> or <c>Off</c>.</summary>
public sealed record RoutingEntry(string Arn, string State);

public sealed record SetRoutingRequest(IReadOnlyList<RoutingEntry> Entries, SetRoutingInput? Input = null);

/// <summary>The state machine's whole input rides along: <c>overrideRules</c> is optional there, and a path to an absent field would fail.</summary>
public sealed record SetRoutingInput(IReadOnlyList<string>? OverrideRules = null);

public sealed record SetRoutingAnswer(bool Changed, string Endpoint);

public sealed record GetRoutingRequest(IReadOnlyList<RoutingEntry> Entries, string? ExcludeEndpoint = null);

public sealed record GetRoutingAnswer(bool Converged, IReadOnlyList<RoutingEntry> States, string Endpoint);

/// <summary>What the clock sends; nothing of it matters.</summary>
public sealed record TellRoutingRequest;

public sealed record TellRoutingAnswer(string Region);

namespace Shop.Rehearsal.Routing;

/// <summary>A switch for one Region's traffic.</summary>
public sealed record ArcRoutingControl(string Region, string Name, string Arn, bool IsOn);

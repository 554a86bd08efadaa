namespace Shop.Rehearsal.Routing;

/// <summary>At least <paramref name="Threshold"/> controls are on after every update, and updates keep a distance of <paramref name="WaitPeriod"/>.</summary>
public sealed record ArcAssertionRule(string Name, string Arn, int Threshold, TimeSpan WaitPeriod);

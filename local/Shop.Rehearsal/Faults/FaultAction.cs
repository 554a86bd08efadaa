using Shop.Rehearsal.Links;

namespace Shop.Rehearsal.Faults;

/// <summary>What a fault that was given in words does. <see cref="FaultPhrase"/> reads them.</summary>
internal abstract record FaultAction
{
    /// <summary>What it happens to: a second fault of the same thing takes the place of the first.</summary>
    public abstract string Target { get; }

    /// <param name="Link">One of <see cref="FaultPhrase.SharedLinks"/>, or of <see cref="FaultPhrase.RegionalLinks"/> with a Region.</param>
    /// <param name="Flap">How long the fault is in force and how long not, by turns; null for always.</param>
    public sealed record OfLink(string Link, string? Region, LinkFault Fault, TimeSpan? Flap) : FaultAction
    {
        public override string Target => $"link {Link} {Region}";
    }

    public sealed record OfService(string Service, string Region, ServiceFault Fault) : FaultAction
    {
        public override string Target => $"service {Service} {Region}";
    }

    /// <param name="Delay">How much later transactions are applied; null when they are received and not applied at all.</param>
    public sealed record OfReplication(TimeSpan? Delay) : FaultAction
    {
        public override string Target => "replication";
    }

    public sealed record OfProcess(string Process, string? Region) : FaultAction
    {
        public override string Target => $"kill {Process} {Region}";
    }
}

namespace Shop.Rehearsal.Faults;

/// <summary>A fault that is in force.</summary>
internal sealed record ActiveFault(FaultKind Kind, string? Region, DateTimeOffset Since)
{
    public string Title => Region is null ? Kind.Title : $"{Kind.Title} in {Region}";
}

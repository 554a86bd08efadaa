namespace Shop.Rehearsal.DynamoDb;

/// <summary>When and where an item was written: of two writes the greater stamp wins, in every Region alike.</summary>
public readonly record struct Stamp(long Microseconds, string Region) : IComparable<Stamp>
{
    public int CompareTo(Stamp other) =>
        Microseconds != other.Microseconds ? Microseconds.CompareTo(other.Microseconds) : string.CompareOrdinal(Region, other.Region);

    public static bool operator <(Stamp left, Stamp right) => left.CompareTo(right) < 0;

    public static bool operator >(Stamp left, Stamp right) => left.CompareTo(right) > 0;

    public static bool operator <=(Stamp left, Stamp right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Stamp left, Stamp right) => left.CompareTo(right) >= 0;
}

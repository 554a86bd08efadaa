namespace Shop.Cdk;

/// <summary>What a Region is to begin with. Who writes at a moment is another matter.</summary>
internal enum RegionRole
{
    Primary,
    Standby,
}

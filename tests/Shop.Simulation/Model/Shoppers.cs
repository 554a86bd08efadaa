namespace Shop.Simulation.Model;

/// <summary>Shoppers who buy one thing every five seconds in each Region that routing sends them to, for the first quarter of an hour.</summary>
internal sealed class Shoppers(World world)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan For = TimeSpan.FromMinutes(15);
    private int _orders;

    /// <summary>Orders that were answered as placed.</summary>
    public int Acknowledged { get; private set; }

    public void Begin() => world.Time.After(Pause, Buy);

    private void Buy()
    {
        foreach (var region in RegionCode.Both)
        {
            // Nobody reaches a dead Region; a Region that is cut off keeps the shoppers whose resolvers still lead to it.
            if (!world.IsDead(region) && (world.Routing.IsOn(region) || world.IsCutOff(region)))
            {
                foreach (var database in world.Databases)
                {
                    Acknowledged += database.TryWrite(region, _orders++) ? 1 : 0;
                }
            }
        }

        if (world.Time.Elapsed < For)
        {
            world.Time.After(Pause, Buy);
        }
    }
}

using Shop.Rehearsal.ControlRoom.Live;

namespace Shop.Rehearsal.ControlRoom.Page;

/// <summary>The two Regions and what is between them.</summary>
internal static class RegionPanels
{
    public static Html Render(RoomView room, string? formKey) => Html.Of($"""
        {Card(room, room.Regions[0], "a", formKey)}
        {Between(room)}
        {Card(room, room.Regions[1], "b", formKey)}
        """);

    private static Html Card(RoomView room, RegionView region, string letter, string? formKey)
    {
        var (mark, role) = RoleOf(region);
        var button = region.IsOn ? CommandButton.Lose(region.Name) : CommandButton.Restore(region.Name) with { Label = "Restore" };
        return Html.Of($"""
            <section class="card region region-{letter}" data-role="{mark}" aria-labelledby="region-{letter}">
            <header><h2 id="region-{letter}"><i class="swatch" aria-hidden="true"></i>{region.Name}</h2><p class="role">{Words.Mark(mark)}<b>{role}</b></p></header>
            <dl class="facts">
            <div><dt>Traffic</dt><dd>{region.SharePercent:0} %<small>routing {(region.RoutingOn ? "on" : "off")}</small></dd></div>
            <div><dt>Epoch</dt><dd>{region.Epoch?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?"}<small>built {region.Role}</small></dd></div>
            <div><dt>Orders copy</dt><dd>{CopyOf(region, "orders")}<small>{LagOf(room, region, "orders")}</small></dd></div>
            <div><dt>Catalog copy</dt><dd>{CopyOf(region, "catalog")}<small>{LagOf(room, region, "catalog")}</small></dd></div>
            </dl>
            {(region.IsOn ? Dependencies(region) : Gone(region, room.At))}
            <footer><span class="hint">{(region.IsOn ? AlarmOf(region) : "")}</span>{button.Render(formKey, $"({region.Name})")}</footer>
            </section>
            """);
    }

    private static Html Dependencies(RegionView region) => Html.Of($"""
        <ul class="deps" aria-label="Dependencies in {region.Name}">
        {Html.Each(region.Dependencies, Chip)}
        <li class="dep" data-health="{(region.Functions > 0 ? "ok" : "down")}">{Words.Mark(region.Functions > 0 ? "ok" : "bad")}{(region.Functions > 0 ? "Functions" : "no functions")}</li>
        </ul>
        """);

    private static Html Gone(RegionView region, DateTimeOffset now) => Html.Of($"""
        <p class="gone">Every process is gone and nothing here answers, for {(region.LostAt is { } at ? Words.Elapsed(at, null, now) : Html.None)} now.</p>
        """);

    private static Html Chip(Dependency dependency)
    {
        var mark = dependency.Health switch { Health.Ok => "ok", Health.Slow => "warn", Health.Down => "bad", _ => "off" };
        var words = dependency.Health switch { Health.Ok => "", Health.Slow => "slow", Health.Down => "down", _ => "unknown" };
        return Html.Of($"""<li class="dep" data-health="{dependency.Health.ToString().ToLowerInvariant()}" title="{DetailOf(dependency)}">{Words.Mark(mark)}{dependency.Name}{(words.Length > 0 ? Html.Of($" <b>{words}</b>") : Html.None)}</li>""");
    }

    /// <summary>Milliseconds of the ordinary case change with each look; whoever reads the page aloud needn't be told.</summary>
    private static string DetailOf(Dependency dependency) => dependency.Health == Health.Ok ? "answers" : dependency.Detail;

    private static (string Mark, string Role) RoleOf(RegionView region) =>
        !region.IsOn ? ("bad", "Lost")
        : region.Copies.Any(c => c.Role == "rebuilding") ? ("warn", "Rebuilding")
        : region.IsWriter ? ("ok", "Writer")
        : region.Copies.Any(c => c.Role == "down") ? ("warn", "Reader, incomplete")
        : ("off", "Reader");

    private static string CopyOf(RegionView region, string database) => region.Copies.FirstOrDefault(c => c.Name == database)?.Role ?? "?";

    private static string LagOf(RoomView room, RegionView region, string database) =>
        region.Copies.FirstOrDefault(c => c.Name == database) is not { Role: "reader" } copy ? ""
        : room.Writer?.IsOn == false ? "writer gone"
        : Words.Lag(copy.LagMilliseconds / 1000);

    private static string AlarmOf(RegionView region) => region.Alarm switch
    {
        "ALARM" => "Its alarm says the other Region does not sell",
        "OK" => "Sees the other Region sell",
        _ => "Has not enough data on the other Region",
    };

    private static Html Between(RoomView room)
    {
        var broken = room.Arc.Count(a => a.Fault != "None");
        return Html.Of($"""
            <section class="card between" aria-labelledby="between-title">
            <header><h2 id="between-title">Between the Regions</h2></header>
            <ul class="links">{Html.Each(room.Links, l => Html.Of($"""
            <li data-mode="{l.Mode.ToLowerInvariant()}"><span class="wire" aria-hidden="true"><i></i></span><b>{l.Name}</b> <span class="mode">{l.Detail}</span><small>{l.Carries}</small></li>
            """))}</ul>
            <p class="arc">{Words.Mark(broken == 0 ? "ok" : broken < room.Arc.Count ? "warn" : "bad")}<span>Routing (ARC): {room.Arc.Count - broken} of {room.Arc.Count} endpoints answer</span></p>
            </section>
            """);
    }
}

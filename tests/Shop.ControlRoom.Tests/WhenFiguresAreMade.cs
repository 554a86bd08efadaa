using Microsoft.Extensions.Time.Testing;
using Shop.ControlRoom.Tests.Staging;
using Shop.Rehearsal.ControlRoom.Live;
using Shop.Rehearsal.ControlRoom.Page;
using Shop.Rehearsal.Regions;
using Shop.Rehearsal.Routing;
using Shop.Rehearsal.StepFunctions;

namespace Shop.ControlRoom.Tests;

/// <summary>What the page says in words and figures, from what it was given.</summary>
public sealed class WhenFiguresAreMade
{
    private const string East = "us-east-1";
    private const string West = "us-west-2";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("busy", "ok", "All is well", "")]
    [InlineData("faulty", "warn", "2 faults", "heal")]
    [InlineData("lost", "bad", "us-east-1 is lost", "start-failover")]
    [InlineData("asking", "bad", "Approve the failover", "approve,deny")]
    [InlineData("moving", "move", "The store moves to us-west-2", "")]
    [InlineData("failed", "warn", "ended ABORTED", "redrive")]
    [InlineData("report", "ok", "All is well", "")]
    public async Task The_headline_says_what_is_wrong_and_what_to_do(string scene, string level, string title, string next)
    {
        await using var scenes = new Scenes();

        var headline = Headline.Of((await scenes.MakeAsync(scene, Cancel)).View);

        Assert.Equal((level, next), (headline.Level, string.Join(',', headline.Next.Select(b => b.Verb))));
        Assert.Contains(title, headline.Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_are_of_the_last_ten_seconds_and_percentiles_are_times_that_somebody_waited()
    {
        var time = new FakeTimeProvider();
        var meter = new JourneyMeter([East, West], time);
        meter.Count(new FrontDoorAnswer(East, 500, TimeSpan.FromSeconds(9)));
        time.Advance(TimeSpan.FromSeconds(11));
        for (var i = 1; i <= 4; i++)
        {
            meter.Count(new FrontDoorAnswer(i < 4 ? West : East, i == 4 ? 503 : 200, TimeSpan.FromMilliseconds(i * 100), PlacedOrder: i <= 2));
        }

        var figures = meter.Figures();

        Assert.Equal((4, 25, 200, 400), (figures.Answers, figures.ErrorPercent, figures.P50, figures.P99));
        Assert.Equal((12, 0, 75), (figures.OrdersPerMinute[West], figures.OrdersPerMinute[East], figures.SharePercent[West]));
    }

    [Fact]
    public void The_first_order_is_the_first_one_in_that_Region_since_that_moment()
    {
        var time = new FakeTimeProvider();
        var meter = new JourneyMeter([East, West], time);
        var start = time.GetUtcNow();
        foreach (var (region, placed) in ((string, bool)[])[(West, true), (East, true), (West, false), (West, true), (West, true)])
        {
            time.Advance(TimeSpan.FromSeconds(1));
            meter.Count(new FrontDoorAnswer(region, 303, TimeSpan.Zero, placed));
        }

        Assert.Equal(start.AddSeconds(4), meter.FirstOrderSince(start.AddSeconds(1.5), West));
        Assert.Equal(start.AddSeconds(1), meter.FirstOrderSince(start.AddSeconds(1), West));
        Assert.Null(meter.FirstOrderSince(start.AddSeconds(3), East));
    }

    [Fact]
    public async Task The_clock_runs_from_the_loss_to_the_first_order_after_the_promotion()
    {
        await using var service = new StepFunctionsService(new RegionPower(West), new StepFunctionsOptions(), TimeProvider.System);
        var move = await MovedAsync(service);
        var lostAt = move.StartDate.AddSeconds(-3);
        var orderAt = move.StartDate.AddSeconds(2);
        DateTimeOffset? FirstOrder(DateTimeOffset since, string region) => region == West && since == move.StartDate.AddSeconds(1) ? orderAt : null;

        var clock = MoveClock.Of([move], [(East, lostAt)], null, [(West, move.StartDate.AddSeconds(1))], FirstOrder)!;

        Assert.Equal((true, lostAt, orderAt), (clock.IsOutage, clock.StartedAt, clock.EndedAt));
        Assert.Equal(["detected", "promoted", "first order"], clock.Marks.Where(m => m.Name is "detected" or "promoted" or "first order").Select(m => m.Name));
    }

    [Fact]
    public async Task The_clock_of_a_planned_move_runs_from_its_start()
    {
        await using var service = new StepFunctionsService(new RegionPower(West), new StepFunctionsOptions(), TimeProvider.System);
        var move = await MovedAsync(service);

        var clock = MoveClock.Of([move], [], null, [], (_, _) => null)!;

        Assert.Equal((false, move.StartDate, "Move to us-west-2"), (clock.IsOutage, clock.StartedAt, clock.Title));
    }

    [Fact]
    public void The_clock_runs_from_the_loss_on_before_anything_has_been_done()
    {
        var lostAt = TimeProvider.System.GetUtcNow();

        var clock = MoveClock.Of([], [(East, lostAt)], (East, lostAt), [], (_, _) => null)!;

        Assert.Equal((lostAt, null), (clock.StartedAt, clock.EndedAt));
        Assert.Null(MoveClock.Of([], [], null, [], (_, _) => null));
    }

    [Fact]
    public void A_task_token_is_not_shown()
    {
        var shown = StepPanel.Redact(System.Text.Json.Nodes.JsonNode.Parse("""{"a":[{"taskToken":"AQC8AAAA"}],"b":"kept"}"""))!.ToJsonString();

        Assert.DoesNotContain("AQC8AAAA", shown, StringComparison.Ordinal);
        Assert.Contains("kept", shown, StringComparison.Ordinal);
    }

    private static async Task<Execution> MovedAsync(StepFunctionsService service)
    {
        var machine = service.Create("regional-failover", """{"StartAt":"EvaluatePreflight","States":{"EvaluatePreflight":{"Type":"Pass","Next":"Done"},"Done":{"Type":"Succeed"}}}""");
        var execution = service.Start(machine.Arn, input: """{"dryRun":false}""");
        await execution.Completion.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        return execution;
    }
}

using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Shop.Lambda.Sample;
using Shop.Lambda.Tracing;
using Shop.Testing;

namespace Shop.Lambda.Tests;

/// <summary>The X-Ray trace as <see cref="Activity.Current"/>, for those who listen.</summary>
public sealed class TraceActivityTests
{
    private const string Id = "5759e988bd862e3fe1be46a994272793";
    private const string Root = "Root=1-5759e988-bd862e3fe1be46a994272793";

    [Theory]
    [InlineData("Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1", "53995c3f42cd8ad8", true)]
    [InlineData("Sampled=0;Parent=53995c3f42cd8ad8;Root=1-5759e988-bd862e3fe1be46a994272793", "53995c3f42cd8ad8", false)]
    [InlineData("Self=1-67891234-12456789abcdef012345678; " + Root + ";Lineage=a:1", "e1be46a994272793", false)]
    [InlineData(Root + ";Parent=0000000000000000;Sampled=1", "e1be46a994272793", true)]
    [InlineData(Root + ";Parent=53;Sampled=?", "e1be46a994272793", false)]
    public void A_trace_header_has_root_parent_and_decision(string header, string parent, bool sampled)
    {
        Assert.True(XRayTrace.TryParse(header, out var context));
        Assert.Equal((Id, parent, sampled, true), (context.TraceId.ToString(), context.SpanId.ToString(), context.TraceFlags == ActivityTraceFlags.Recorded, context.IsRemote));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Root=1-a")]
    [InlineData("Root=2-5759e988-bd862e3fe1be46a994272793")]
    [InlineData("Root=1-5759e988_bd862e3fe1be46a994272793")]
    [InlineData("Root=1-5759e988-BD862E3FE1BE46A994272793;Parent=53995c3f42cd8ad8")]
    [InlineData("Root=1-00000000-000000000000000000000000;Parent=53995c3f42cd8ad8")]
    [InlineData("Parent=53995c3f42cd8ad8;Sampled=1")]
    public void What_is_no_trace_header_is_ignored(string? header) => Assert.False(XRayTrace.TryParse(header, out _));

    [Theory]
    [InlineData(Root + ";Parent=53995c3f42cd8ad8;Sampled=1", null, "53995c3f42cd8ad8", true)]
    [InlineData(null, Root + ";Parent=53995c3f42cd8ad8;Sampled=0", "53995c3f42cd8ad8", false)]
    [InlineData("nonsense", Root, "e1be46a994272793", false)]
    public async Task A_request_continues_the_trace_of_its_header_or_of_its_invocation(string? header, string? invocation, string parent, bool sampled)
    {
        using var listener = Listen("Microsoft.AspNetCore");
        Activity? seen = null;
        await using var function = await Functions.StartAsync(f => f.Map("/it", context =>
        {
            seen = Activity.Current;
            return Task.CompletedTask;
        }));

        var headers = header is null ? "" : $"\"x-amzn-trace-id\":\"{header}\"";
        await function.InvokeAsync($$$"""{"httpMethod":"GET","path":"/it","headers":{{{{headers}}}}}""", invocation);

        Assert.NotNull(seen);
        Assert.Equal((Id, parent), (seen.TraceId.ToString(), seen.ParentSpanId.ToString()));
        Assert.Equal(sampled, seen.Recorded);
    }

    [Fact]
    public async Task Without_a_trace_of_x_ray_that_of_w3c_counts()
    {
        using var listener = Listen("Microsoft.AspNetCore");
        Activity? seen = null;
        await using var function = await Functions.StartAsync(f => f.Map("/it", context =>
        {
            seen = Activity.Current;
            return Task.CompletedTask;
        }));

        await function.InvokeAsync($$$"""{"httpMethod":"GET","path":"/it","headers":{"traceparent":"00-{{{Id}}}-53995c3f42cd8ad8-01"}}""");

        Assert.Equal((Id, "53995c3f42cd8ad8"), (seen?.TraceId.ToString(), seen?.ParentSpanId.ToString()));
    }

    [Fact]
    public async Task A_task_continues_the_trace_of_its_invocation()
    {
        using var listener = Listen("Shop.Lambda");
        Activity? seen = null;
        await using var function = await FunctionDriver.StartAsync((api, stop) => TaskFunction.RunAsync(
            SampleJson.Default.Sum,
            SampleJson.Default.Sum,
            (sum, _, _) =>
            {
                seen = Activity.Current;
                return Task.FromResult(sum);
            },
            api,
            Functions.Environment,
            stop));

        await function.InvokeAsync("""{"left":1,"right":1}""", Root + ";Parent=53995c3f42cd8ad8;Sampled=1");

        Assert.Equal((Id, "53995c3f42cd8ad8", true), (seen?.TraceId.ToString(), seen?.ParentSpanId.ToString(), seen?.Recorded));
    }

    private static ActivityListener Listen(string source)
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = s => s.Name == source,
            // Records what the caller records, as a tracing library does.
            Sample = static (ref ActivityCreationOptions<ActivityContext> options) => options.Parent.TraceFlags == ActivityTraceFlags.Recorded
                ? ActivitySamplingResult.AllDataAndRecorded
                : ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }
}

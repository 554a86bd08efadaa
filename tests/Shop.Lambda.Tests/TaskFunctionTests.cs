using System.Text;
using System.Text.Json;
using Shop.Lambda.Sample;
using Shop.Testing;

namespace Shop.Lambda.Tests;

public sealed class TaskFunctionTests
{
    [Fact]
    public async Task The_handler_that_the_environment_names_answers()
    {
        await using var function = await Functions.StartTaskAsync("Add");

        var result = await function.InvokeAsync("""{"left":2,"right":3}""", "Root=1-abc");

        var total = JsonSerializer.Deserialize(result.Payload.Span, SampleJson.Default.Total)!;
        Assert.False(result.IsError);
        Assert.Equal((5, "Root=1-abc"), (total.Value, total.TraceId));
        Assert.NotEmpty(total.RequestId);
    }

    [Fact]
    public async Task A_failure_carries_its_name_to_the_state_machine()
    {
        await using var function = await Functions.StartTaskAsync("Refuse");

        var result = await function.InvokeAsync("""{"left":2,"right":3}""");

        var error = JsonDocument.Parse(result.Payload).RootElement;
        Assert.Equal("Unhandled", result.FunctionError);
        Assert.Equal("Shop.Refused", error.GetProperty("errorType").GetString());
        Assert.Equal("Not today.", error.GetProperty("errorMessage").GetString());
        Assert.NotEmpty(error.GetProperty("stackTrace").EnumerateArray());
        Assert.Equal("TimeoutException", error.GetProperty("cause").GetProperty("errorType").GetString());
    }

    [Fact]
    public async Task An_error_too_large_to_report_is_reported_short()
    {
        await using var function = await Functions.StartTaskAsync("Crash");

        var result = await function.InvokeAsync("""{"left":2,"right":3}""");

        var error = JsonDocument.Parse(result.Payload).RootElement;
        Assert.Equal("InvalidOperationException", error.GetProperty("errorType").GetString());
        Assert.Equal("Exception exceeded maximum payload size of 256KB.", error.GetProperty("errorMessage").GetString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("""{"left":"two","right":3}""")]
    public async Task An_input_of_the_wrong_form_is_a_named_error(string input)
    {
        await using var function = await Functions.StartTaskAsync("Add");

        var result = await function.InvokeAsync(input);
        var next = await function.InvokeAsync("""{"left":1,"right":1}""");

        Assert.Equal("Shop.InvalidInput", JsonDocument.Parse(result.Payload).RootElement.GetProperty("errorType").GetString());
        Assert.False(next.IsError);
    }

    [Fact]
    public async Task A_handler_that_does_not_exist_is_an_init_error_that_names_those_that_do()
    {
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => Functions.StartTaskAsync("Subtract"));

        Assert.Contains("Shop.UnknownHandler", failure.Message);
        Assert.Contains("Add, Refuse", failure.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Whatever")]
    public async Task An_executable_of_one_task_needs_no_handler_name(string? handler)
    {
        var environment = new Dictionary<string, string?>(Functions.Environment) { ["_HANDLER"] = handler };
        await using var function = await FunctionDriver.StartAsync((api, stop) => TaskFunction.RunAsync(
            SampleJson.Default.Sum,
            SampleJson.Default.Sum,
            (sum, _, _) => Task.FromResult(new Sum(sum.Right, sum.Left)),
            api,
            environment,
            stop));

        var result = await function.InvokeAsync("""{"left":2,"right":3}""");

        Assert.Equal("""{"left":3,"right":2}""", Encoding.UTF8.GetString(result.Payload.Span));
    }

    [Fact]
    public async Task Without_a_runtime_api_it_says_so_and_exits_with_2() =>
        Assert.Equal(2, await SampleTasks.Create().RunAsync(null, Functions.Environment, TestContext.Current.CancellationToken));
}

using System.Text;
using Shop.Rehearsal.AwsJson;
using Shop.Rehearsal.Hosting;
using Shop.Rehearsal.Lambda;

namespace Shop.Lambda.Tests.Rehearsal;

/// <summary><c>make invoke</c> and <c>aws lambda invoke</c> against a Region's AWS address.</summary>
public sealed class InvokeCommandTests : IAsyncLifetime
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();
    private TestRegion _region = null!;
    private AwsJsonServer _aws = null!;

    public async ValueTask InitializeAsync()
    {
        _region = await TestRegion.StartAsync();
        _aws = await AwsJsonServer.StartAsync(null, [], context => LambdaEndpoints.TryInvokeAsync(context, _region.Lambda));
    }

    public async ValueTask DisposeAsync()
    {
        await _aws.DisposeAsync();
        await _region.DisposeAsync();
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task A_functions_HTTP_answer_is_printed_as_status_and_body()
    {
        _region.DeployShell("shop-store", """answer '{"statusCode":404,"statusDescription":"404 Not Found","headers":{},"body":"no such watch","isBase64Encoded":false}' """);

        Assert.Equal(0, await InvokeAsync("store", "{}"));
        Assert.Equal("404 Not Found\nno such watch\n", _output.ToString());
    }

    [Theory]
    [InlineData("shop-task")]
    [InlineData("task")]
    [InlineData("arn:aws:lambda:eu-test-1:000000000000:function:shop-task")]
    public async Task A_tasks_answer_is_printed_as_it_is(string name)
    {
        _region.DeployShell("shop-task", "answer \"$event\"");

        Assert.Equal(0, await InvokeAsync(name, """{"n":1}"""));
        Assert.Equal("{\"n\":1}\n", _output.ToString());
    }

    [Fact]
    public async Task A_function_error_is_told_and_is_the_exit_code()
    {
        _region.DeployShell("shop-refuses", """fail '{"errorType":"Shop.Refused","errorMessage":"no"}' """);

        Assert.Equal(1, await InvokeAsync("refuses", "{}"));
        Assert.Contains("Shop.Refused", _error.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public async Task An_unknown_function_is_told_and_is_the_exit_code()
    {
        Assert.Equal(1, await InvokeAsync("nothing", "{}"));
        Assert.Contains("shop-nothing", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_services_request_is_left_to_it()
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(_aws.Address, "/2015-03-31/functions"), null, TestContext.Current.CancellationToken);

        Assert.Contains("UnknownOperationException", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private Task<int> InvokeAsync(string function, string payload) =>
        InvokeCommand.RunAsync(_aws.Address, function, Encoding.UTF8.GetBytes(payload), _output, _error);
}

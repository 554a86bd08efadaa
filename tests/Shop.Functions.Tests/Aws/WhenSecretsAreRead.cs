using System.Net;
using Microsoft.Extensions.Time.Testing;
using Shop.Aws;
using Shop.Aws.Secrets;

namespace Shop.Functions.Tests.Aws;

public sealed class WhenSecretsAreRead
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private readonly FakeTimeProvider _time = new() { AutoAdvanceAmount = TimeSpan.Zero };

    [Fact]
    public async Task A_secret_is_remembered_until_it_is_refreshed_or_five_minutes_old()
    {
        var http = new StubHttp(Secret("a"), Secret("b"), Secret("c"));
        var secrets = new SecretsManager(WhenAwsIsCalled.Client(http), _time);

        Assert.Equal(new Secret("shop", "a"), await secrets.GetAsync("x", false, Cancellation));
        Assert.Equal("a", (await secrets.GetAsync("x", false, Cancellation)).Password);
        Assert.Equal("b", (await secrets.GetAsync("x", true, Cancellation)).Password);
        _time.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("c", (await secrets.GetAsync("x", false, Cancellation)).Password);
        Assert.Equal("""{"SecretId":"x"}""", http.Calls[0].Body);
    }

    [Fact]
    public async Task An_unknown_secret_is_an_error_with_its_code()
    {
        var secrets = new SecretsManager(WhenAwsIsCalled.Client(new StubHttp(
            StubHttp.Answer(HttpStatusCode.BadRequest, """{"__type":"ResourceNotFoundException","Message":"no"}"""))), _time);

        var error = await Assert.ThrowsAsync<AwsException>(() => secrets.GetAsync("x", false, Cancellation));

        Assert.Equal("ResourceNotFoundException", error.ErrorCode);
    }

    [Fact]
    public async Task A_secret_that_is_no_login_is_named_but_not_shown()
    {
        var secrets = new SecretsManager(WhenAwsIsCalled.Client(new StubHttp(
            StubHttp.Answer(HttpStatusCode.OK, """{"SecretString":"hunter2"}"""))), _time);

        var error = await Assert.ThrowsAsync<AwsException>(() => secrets.GetAsync("shop-orders-app", false, Cancellation));

        Assert.Contains("shop-orders-app", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", error.ToString(), StringComparison.Ordinal);
        Assert.False(error.IsTransient);
    }

    private static Func<HttpResponseMessage> Secret(string password) => StubHttp.Answer(
        HttpStatusCode.OK, $$"""{"SecretString":"{\"username\":\"shop\",\"password\":\"{{password}}\"}"}""");
}

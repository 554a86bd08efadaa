using Shop.Lambda;

namespace Shop.Failover.Orders;

/// <summary>What the clock sends; nothing of it matters.</summary>
public sealed record LookRequest;

/// <param name="Looked">The pages that answered.</param>
public sealed record LookAnswer(IReadOnlyList<string> Looked);

/// <summary>
/// Looks whether a store sells: its pages answer, and its orders reach the writer (their deep health touches it). With <c>LOOK_AT=pages</c> whether it shows
/// what it can without the other Region's writer. A look that fails fails the function, which is what an alarm counts.
/// </summary>
internal sealed class StoreLook(FailoverSettings settings)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(2), UseCookies = false, AllowAutoRedirect = false })
    {
        Timeout = TimeSpan.FromSeconds(5),
    };

    public async Task<LookAnswer> LookAsync(CancellationToken cancellationToken)
    {
        var apis = settings.LookAt switch
        {
            "orders" => "orders/health",
            "pages" => "catalogue/health",
            var other => throw new ShopException("Shop.NotConfigured", $"LOOK_AT is '{other}'; expected orders or pages."),
        };
        Uri[] pages = [new(settings.PagesUrl, "health"), new(settings.StoreUrl, apis)];
        foreach (var page in pages)
        {
            await MustAnswerAsync(page, cancellationToken);
        }

        return new LookAnswer([.. pages.Select(p => p.ToString())]);
    }

    private static async Task MustAnswerAsync(Uri page, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await Http.GetAsync(page, cancellationToken);
            if (!answer.IsSuccessStatusCode)
            {
                throw new ShopException("Shop.StoreNotSelling", $"{page} answered {(int)answer.StatusCode}.");
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            throw new ShopException("Shop.StoreNotSelling", $"{page} did not answer: {e.Message}", e);
        }
    }
}

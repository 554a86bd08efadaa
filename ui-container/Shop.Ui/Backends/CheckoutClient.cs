using System.Net;
using Shop.Contracts;

namespace Shop.Ui.Backends;

public sealed class CheckoutClient(HttpClient http) : BackendClient(http)
{
    public Task<Checkout?> FindAsync(string session, CancellationToken cancellationToken) =>
        FindAsync($"checkout/{session}", UiJson.Default.Checkout, cancellationToken);

    /// <summary>Replaces the checkout, so it may be repeated. Null when the back-end refuses what was entered.</summary>
    public async Task<Checkout?> UpdateAsync(string session, CheckoutRequest entered, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"checkout/{session}/update");
        request.Content = Json(entered, UiJson.Default.CheckoutRequest);
        request.Options.Set(Resilience.Repeatable, true);
        using var response = await SendAsync(request, cancellationToken);
        return response.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity
            ? null
            : await ReadAsync(response, UiJson.Default.Checkout, cancellationToken);
    }
}

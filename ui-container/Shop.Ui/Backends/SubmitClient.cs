using System.Net;
using Shop.Contracts;

namespace Shop.Ui.Backends;

/// <summary>Places an order. Its pipeline is more patient than that of a page: the key makes every repetition safe.</summary>
public sealed class SubmitClient(HttpClient http, ILogger<SubmitClient> logger) : BackendClient(http)
{
    public async Task<SubmitOutcome> SubmitAsync(string session, Guid orderId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"checkout/{session}/submit");
        request.Headers.Add("Idempotency-Key", orderId.ToString("D"));
        try
        {
            using var response = await SendAsync(request, cancellationToken);
            if (response.IsSuccessStatusCode)
            {
                var placed = await ReadAsync(response, UiJson.Default.CheckoutSubmitted, cancellationToken);
                return Guid.TryParse(placed.OrderId, out var id) && id == orderId
                    ? SubmitOutcome.Placed
                    : throw new InvalidDataException($"Order {orderId} was answered with another id.");
            }

            return response.StatusCode switch
            {
                HttpStatusCode.NotFound => SubmitOutcome.CheckoutMissing,
                HttpStatusCode.BadRequest or HttpStatusCode.Conflict => SubmitOutcome.CheckoutIncomplete,
                HttpStatusCode.UnprocessableEntity => SubmitOutcome.OtherContent,
                _ => Unknown($"answered {(int)response.StatusCode}"),
            };
        }
        catch (BackendUnavailableException e)
        {
            return Unknown(e.Message);
        }

        SubmitOutcome Unknown(string reason)
        {
            Log.OutcomeUnknown(logger, orderId, reason);
            return SubmitOutcome.Unknown;
        }
    }
}

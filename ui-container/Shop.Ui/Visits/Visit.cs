using System.Collections.Concurrent;
using Shop.Contracts;
using Shop.Ui.Backends;

namespace Shop.Ui.Visits;

/// <summary>One request of one visitor: who it is, which Regions answered, and the cart that the header counts.</summary>
public sealed class Visit(UiOptions options, CartsClient carts)
{
    private readonly ConcurrentDictionary<string, bool> _regions = new();
    private Task<Cart?>? _cart;
    private int _calls;

    public string SessionId { get; internal set; } = "";

    /// <summary>The visitor brought no session, so nothing can be stored under it yet.</summary>
    public bool IsNew { get; internal set; }

    public string Region => options.Region;

    public Uri? NoticeUrl => options.NoticeUrl;

    /// <summary>Regions other than ours that answered for a back-end.</summary>
    public IEnumerable<string> OtherRegions => _regions.Keys.Where(r => r != Region).Order();

    public bool StoreIsMoving { get; private set; }

    /// <summary>How many calls this request made to back-ends so far; a repetition of a failed one is not counted again.</summary>
    public int BackendCalls => _calls;

    /// <summary>Null while the cart can't be read.</summary>
    public Cart? Cart => _cart is { IsCompletedSuccessfully: true } done ? done.GetAwaiter().GetResult() : null;

    public void Called() => Interlocked.Increment(ref _calls);

    public void AnsweredFrom(string region) => _regions.TryAdd(region, true);

    public void MissedAnAnswer() => StoreIsMoving = true;

    /// <summary>Reads the cart once per request, however many ask.</summary>
    public Task<Cart?> CartAsync(CancellationToken cancellationToken) => _cart ??= ReadCartAsync(cancellationToken);

    private async Task<Cart?> ReadCartAsync(CancellationToken cancellationToken) =>
        IsNew || SessionId.Length == 0 ? new Cart(SessionId, []) : await carts.GetAsync(SessionId, cancellationToken).OrNothing();
}

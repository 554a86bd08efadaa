using System.Globalization;
using System.Text;
using System.Text.Json;
using Shop.Rehearsal.AwsJson;

namespace Shop.Rehearsal.StepFunctions;

/// <summary>A page of a list: <c>maxResults</c> and a <c>nextToken</c> that is only good for the same request.</summary>
internal sealed record Page<T>(IReadOnlyList<T> Items, string? NextToken)
{
    private const int Default = 100;

    /// <param name="scope">What the token belongs to: a token of another list is invalid.</param>
    public static Page<T> Take(IReadOnlyList<T> all, JsonElement input, string scope)
    {
        var size = input.OptionalInt("maxResults") ?? 0;
        var start = Start(input.OptionalString("nextToken"), scope);
        var items = all.Skip(start).Take(size == 0 ? Default : size).ToList();
        var next = start + items.Count;
        return new(items, next < all.Count ? Convert.ToBase64String(Encoding.UTF8.GetBytes($"{next}|{scope}")) : null);
    }

    private static int Start(string? token, string scope)
    {
        if (token is null)
        {
            return 0;
        }

        var buffer = new byte[token.Length];
        if (Convert.TryFromBase64String(token, buffer, out var length)
            && Encoding.UTF8.GetString(buffer, 0, length).Split('|', 2) is [var offset, var owner]
            && owner == scope
            && int.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var start))
        {
            return start;
        }

        throw new AwsServiceException("InvalidToken", "Invalid Token: 'Invalid token'");
    }
}

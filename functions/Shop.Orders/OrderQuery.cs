using System.Globalization;
using Shop.Lambda.Http;

namespace Shop.Orders;

/// <param name="CustomerId">Whose orders; null means everybody's.</param>
/// <param name="Page">From 1.</param>
/// <param name="Size">At most 100.</param>
internal sealed record OrderQuery(string? CustomerId, int Page, int Size)
{
    public const int MaximumSize = 100;
    public const int UsualSize = 10;

    public long Skip => (Page - 1L) * Size;

    public static OrderQuery Parse(string? customerId, string? page, string? size)
    {
        var validation = new Validation();
        var query = new OrderQuery(
            string.IsNullOrEmpty(customerId) ? null : customerId,
            ParseNumber(page, "page", fallback: 1, int.MaxValue, validation),
            ParseNumber(size, "size", UsualSize, MaximumSize, validation));
        validation.ThrowIfInvalid();
        return query;
    }

    private static int ParseNumber(string? text, string field, int fallback, int maximum, Validation validation)
    {
        if (string.IsNullOrEmpty(text))
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= maximum)
        {
            return number;
        }

        validation.Add(field, $"must be a whole number from 1 to {maximum}");
        return fallback;
    }
}

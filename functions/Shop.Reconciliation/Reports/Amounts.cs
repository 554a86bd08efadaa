using System.Globalization;
using Shop.Reconciliation.Tasks;

namespace Shop.Reconciliation.Reports;

/// <summary>Money for people: minor units become a decimal number.</summary>
internal static class Amounts
{
    public static string Plain(decimal? amount, int minorDigits) =>
        amount is null ? "" : Scaled(amount.Value, minorDigits).ToString(minorDigits > 0 ? $"F{minorDigits}" : "0.####", CultureInfo.InvariantCulture);

    public static string ForPeople(decimal? amount, string? currency, int minorDigits) =>
        amount is null ? "–" : $"{Scaled(amount.Value, minorDigits).ToString(minorDigits > 0 ? $"N{minorDigits}" : "#,0.####", CultureInfo.InvariantCulture)} {currency}";

    public static string ForPeople(IReadOnlyList<Money> money, int minorDigits) =>
        money.Count == 0 ? "no money" : string.Join(" · ", money.Select(m => ForPeople(m.Amount, m.Currency, minorDigits)));

    private static decimal Scaled(decimal amount, int minorDigits)
    {
        for (var i = 0; i < minorDigits; i++)
        {
            amount /= 10;
        }

        return amount;
    }
}

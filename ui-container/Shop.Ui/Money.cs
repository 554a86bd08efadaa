using System.Globalization;

namespace Shop.Ui;

public static class Money
{
    /// <summary>Minor units as a person reads them: <c>$1,234.50</c>.</summary>
    public static string Format(long minorUnits, string currency = "USD")
    {
        var amount = (Math.Abs(minorUnits) / 100m).ToString("N2", CultureInfo.InvariantCulture);
        var sign = minorUnits < 0 ? "-" : "";
        return currency == "USD" ? $"{sign}${amount}" : $"{sign}{amount} {currency}";
    }
}

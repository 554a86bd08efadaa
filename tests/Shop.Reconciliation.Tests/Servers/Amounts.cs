using System.Globalization;

namespace Shop.Reconciliation.Tests.Servers;

/// <summary>How much of a long test is run: little by default, all by a variable.</summary>
internal static class Amounts
{
    public static int Read(string variable, int usual) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var amount) ? amount : usual;
}

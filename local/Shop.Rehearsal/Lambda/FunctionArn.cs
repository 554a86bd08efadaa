namespace Shop.Rehearsal.Lambda;

internal static class FunctionArn
{
    public static string For(string region, string account, string name) => $"arn:aws:lambda:{region}:{account}:function:{name}";

    /// <summary>Names come plain, as ARN or as partial ARN, each with or without a qualifier.</summary>
    public static string NameOf(string functionNameOrArn)
    {
        const string marker = "function:";
        var at = functionNameOrArn.LastIndexOf(marker, StringComparison.Ordinal);
        return (at < 0 ? functionNameOrArn : functionNameOrArn[(at + marker.Length)..]).Split(':')[0];
    }
}

namespace Shop.Ui.Errors;

/// <summary>How to repeat what could not be done: the same address, and for a form the same fields.</summary>
public sealed record TryAgain(string Explanation, string Path, bool IsPost, IReadOnlyList<KeyValuePair<string, string>> Fields)
{
    /// <summary>Whether doing it twice is the same as doing it once. Adding to the cart is not: only a person can see whether it was added.</summary>
    public bool IsRepeatable => !IsPost || Path != "/cart";

    public static TryAgain From(HttpContext context)
    {
        var request = context.Request;
        var isPost = HttpMethods.IsPost(request.Method);
        // A form that a handler has read is kept by the request; one that was never read is not worth reading now.
        var fields = isPost && request.HasFormContentType ? Read(request.Form) : [];
        return new TryAgain(
            isPost ? "We could not confirm what you just sent. Nothing is lost: your cart is kept." : "This page will be back in a moment. Your cart is kept.",
            isPost ? request.Path : request.Path + request.QueryString,
            isPost,
            fields);
    }

    private static List<KeyValuePair<string, string>> Read(IFormCollection form) =>
        [.. form.Select(f => KeyValuePair.Create(f.Key, f.Value.ToString()))];
}

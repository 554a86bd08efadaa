namespace Shop.Ui.Errors;

/// <summary>What a status means to a shopper.</summary>
public sealed record ErrorText(int Status, string Title, string Explanation)
{
    public static ErrorText For(int status) => status switch
    {
        400 => new(status, "That didn't work", "Something in the address or the form is not what this page expects."),
        403 => new(status, "Not from here", "This form was sent from another site, so nothing was changed."),
        404 => new(status, "Page not found", "There is nothing at this address. It may have been moved, or mistyped."),
        405 => new(status, "That didn't work", "This address can't be used that way."),
        409 => new(status, "The cart is full", "A cart can't hold more of this, so nothing was added."),
        413 => new(status, "Too much at once", "The form is larger than this store accepts."),
        415 => new(status, "That didn't work", "This page accepts forms only."),
        429 => new(status, "A little slower, please", "So many forms came at once that this one was not looked at. Nothing was changed; please try again in a moment."),
        >= 400 and < 500 => new(status, "That didn't work", "The store could not make sense of the request."),
        _ => new(status, "Something went wrong", "It is our fault, not yours. Your cart is kept. Please try again in a moment."),
    };
}

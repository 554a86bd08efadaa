namespace Shop.Ui.Backends;

public enum SubmitOutcome
{
    Placed,

    /// <summary>This Region knows no checkout of the visitor: it was submitted already, has expired, or was begun in the other Region.</summary>
    CheckoutMissing,

    /// <summary>Address or delivery is missing, or something in it is not valid any more.</summary>
    CheckoutIncomplete,

    /// <summary>The key has been used for an order with other content.</summary>
    OtherContent,

    /// <summary>No answer, or not a clear one. The order may exist; only the same key may be tried again.</summary>
    Unknown,
}

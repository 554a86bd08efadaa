using System.Text.RegularExpressions;
using Shop.Contracts;
using Shop.Ui.Http;

namespace Shop.Ui.CheckoutSteps;

/// <summary>Step one: who buys, and where it goes.</summary>
public sealed partial record CustomerForm(
    string FirstName, string LastName, string Email, string Address1, string Address2, string City, string State, string Zip)
{
    public const int LongestText = 100;
    public const int LongestEmail = 254;

    public static readonly CustomerForm Empty = new("", "", "", "", "", "", "", "");

    public ShippingAddress Address => new(FirstName, LastName, Address1, Address2, City, State, Zip);

    public static CustomerForm From(FormFields form) => new(
        form["firstName"], form["lastName"], form["email"], form["address1"], form["address2"], form["city"], form["state"], form["zip"]);

    public static CustomerForm From(Checkout? checkout) => checkout?.Request is { ShippingAddress: { } a } request
        ? new CustomerForm(a.FirstName, a.LastName, request.CustomerEmail ?? "", a.Address1, a.Address2 ?? "", a.City, a.State, a.Zip)
        : Empty;

    /// <summary>What is wrong, by field name.</summary>
    public IReadOnlyDictionary<string, string> Check()
    {
        var errors = new Dictionary<string, string>();
        Require("firstName", IsText(FirstName), "Valid first name is required.");
        Require("lastName", IsText(LastName), "Valid last name is required.");
        Require("email", IsEmail(Email), "Please enter a valid email address for shipping updates.");
        Require("address1", IsText(Address1), "Please enter your shipping address.");
        Require("address2", Address2.Length == 0 || IsText(Address2), "Please enter at most 100 characters.");
        Require("city", IsText(City), "Please provide a valid city.");
        Require("state", State.Length == 2 && State.All(char.IsAsciiLetterUpper), "Please choose a state.");
        Require("zip", Zip.Length == 5 && Zip.All(char.IsAsciiDigit), "Please enter a zip code of five digits.");
        return errors;

        void Require(string field, bool isRight, string message)
        {
            if (!isRight)
            {
                errors.Add(field, message);
            }
        }
    }

    private static bool IsText(string text) => text.Length is > 0 and <= LongestText && !text.Any(char.IsControl);

    // What the APIs accept: one @, and a dot in the domain.
    private static bool IsEmail(string text) => text.Length <= LongestEmail && EmailShape().IsMatch(text);

    [GeneratedRegex(@"\A[^@\s\p{C}]+@[^@\s\p{C}.]+(\.[^@\s\p{C}.]+)+\z", RegexOptions.None, 250)]
    private static partial Regex EmailShape();
}

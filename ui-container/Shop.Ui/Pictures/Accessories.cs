namespace Shop.Ui.Pictures;

internal static class Accessories
{
    public static Drawing Strap { get; } = new(Ground.Sage, Metal.Steel, """
        <g transform="rotate(16 200 200)"><path d="M112 40h66v262c0 30 -14 52 -33 62 -19 -10 -33 -32 -33 -62z" fill="#000" opacity=".13" transform="translate(6 8)"/>
        <path d="M112 40h66v262c0 30 -14 52 -33 62 -19 -10 -33 -32 -33 -62z" fill="#9a5a2c"/><path d="M112 40h66v262c0 30 -14 52 -33 62 -19 -10 -33 -32 -33 -62z" fill="url(#b)"/><path d="M122 52v250c0 22 10 40 23 48 13 -8 23 -26 23 -48V52" fill="none" stroke="#f3dcc0" stroke-opacity=".8" stroke-width="2.5" stroke-dasharray="8 6"/>
        <path d="M145 210v.1M145 236v.1M145 262v.1M145 288v.1M145 314v.1" stroke="#4e2a11" stroke-width="10" stroke-linecap="round"/>
        <path d="M226 40h66v236h-66z" fill="#000" opacity=".13" transform="translate(6 8)"/><path d="M226 40h66v236h-66z" fill="#9a5a2c"/><path d="M226 40h66v236h-66z" fill="url(#b)"/><path d="M236 52v214M282 52v214" stroke="#f3dcc0" stroke-opacity=".8" stroke-width="2.5" stroke-dasharray="8 6"/>
        <path d="M220 206h78v18h-78zM220 234h78v14h-78z" fill="#7c4520"/><rect x="220" y="272" width="78" height="62" rx="14" fill="none" stroke="url(#m)" stroke-width="11"/><path d="M259 270v58" stroke="#7d8891" stroke-width="7" stroke-linecap="round"/><path d="M104 30h82v14h-82zM218 30h82v14h-82z" fill="#7d4722"/></g>
        """);

    public static Drawing Box { get; } = new(Ground.Straw, Metal.Gold, """
        <path d="M52 200h296v166H52z" fill="#000" opacity=".12" transform="translate(0 12)"/>
        <path d="M52 190l34 -128h228l34 128z" fill="#6f4624"/><path d="M76 178l24 -98h200l24 98z" fill="#2d4a5e"/><path d="M76 178l24 -98h100v98z" fill="#355a72"/>
        <path d="M52 190h296v40H52z" fill="#8a5a2e"/><path d="M66 196h268v28H66z" fill="#22394a"/>
        <g fill="#e9dcc0"><rect x="72" y="182" width="36" height="48" rx="14"/><rect x="116" y="182" width="36" height="48" rx="14"/><rect x="160" y="182" width="36" height="48" rx="14"/><rect x="204" y="182" width="36" height="48" rx="14"/><rect x="248" y="182" width="36" height="48" rx="14"/><rect x="292" y="182" width="36" height="48" rx="14"/></g>
        <g stroke="#23282d" stroke-width="9"><path d="M134 178v56M222 178v56M310 178v56"/></g>
        <g stroke-width="4"><circle cx="134" cy="204" r="15" fill="#f7f5ef" stroke="#7d8891"/><circle cx="222" cy="204" r="15" fill="#15463f" stroke="#94691f"/><circle cx="310" cy="204" r="15" fill="#24282c" stroke="#7d8891"/></g>
        <path d="M134 204v-8M134 204l6 3M222 204v-8M222 204l6 3M310 204v-8M310 204l6 3" stroke="#c9a24a" stroke-width="2"/>
        <path d="M52 226h296v140H52z" fill="#a4713c"/><path d="M52 226h296v10H52z" fill="#c08a50"/><path d="M60 262q70 14 140 0t140 4M60 300q80 -14 150 2t130 -4M60 338q60 12 130 0t150 4" fill="none" stroke="#7a5027" stroke-opacity=".6" stroke-width="2.5"/>
        <rect x="182" y="240" width="36" height="42" rx="6" fill="url(#m)"/><circle cx="200" cy="258" r="5" fill="#3a2510"/><path d="M198 260h4l2 12h-8z" fill="#3a2510"/>
        """);

    public static Drawing FingerRing { get; } = new(Ground.Lilac, Metal.Black, """
        <ellipse cx="200" cy="356" rx="120" ry="14" fill="#000" opacity=".14"/>
        <path fill-rule="evenodd" d="M200 70a134 140 0 1 1 0 280a134 140 0 1 1 0 -280zM204 104a100 106 0 1 0 0 212a100 106 0 1 0 0 -212z" fill="url(#m)"/>
        <path fill-rule="evenodd" d="M204 100a104 110 0 1 1 0 220a104 110 0 1 1 0 -220zM210 104a98 106 0 1 0 0 212a98 106 0 1 0 0 -212z" fill="#1c2125"/>
        <path d="M94 150a134 140 0 0 1 70 -70" fill="none" stroke="#fff" stroke-opacity=".7" stroke-width="8" stroke-linecap="round"/>
        <path d="M276 296v.1M290 276v.1M300 254v.1" stroke="#5bd68a" stroke-width="11" stroke-linecap="round" class="lume-line"/>
        """);

    public static Drawing Tool { get; } = new(Ground.Blush, Metal.Steel, """
        <g transform="rotate(38 200 200)"><path d="M176 26h48v216h-48z" fill="#000" opacity=".12" transform="translate(10 6)"/>
        <rect x="174" y="20" width="52" height="220" rx="22" fill="#b9352a"/><path d="M174 60h52v140h-52z" fill="#a02b22"/><path d="M184 64v132M194 64v132M206 64v132M216 64v132" stroke="#d9584c" stroke-width="4"/>
        <rect x="180" y="236" width="40" height="22" rx="4" fill="url(#m)"/><path d="M186 258h28v70l-6 12h-16l-6 -12z" fill="url(#m)"/><path d="M192 338h6v46h-6zM202 338h6v46h-6z" fill="#7d8891"/></g>
        <g transform="translate(286 92) rotate(38)"><rect x="-4" y="-34" width="8" height="68" rx="3" fill="url(#m)"/><path d="M-2 -44h4v88h-4z" fill="#7d8891"/></g>
        <g transform="translate(324 148) rotate(70)"><rect x="-4" y="-34" width="8" height="68" rx="3" fill="url(#m)"/><path d="M-2 -44h4v88h-4z" fill="#7d8891"/></g>
        """);
}

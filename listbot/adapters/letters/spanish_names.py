"""What Spanish calls states, cities and countries by names of their own; all others keep their English ones."""

from __future__ import annotations

from collections.abc import Mapping

STATES: Mapping[str, str] = {
    "American Samoa": "Samoa Americana", "District of Columbia": "Distrito de Columbia", "Hawaii": "Hawái",
    "Louisiana": "Luisiana", "Michigan": "Míchigan", "Mississippi": "Misisipi", "Missouri": "Misuri",
    "New Hampshire": "Nuevo Hampshire", "New Jersey": "Nueva Jersey", "New Mexico": "Nuevo México", "New York": "Nueva York",
    "North Carolina": "Carolina del Norte", "North Dakota": "Dakota del Norte",
    "Northern Mariana Islands": "Islas Marianas del Norte", "Oregon": "Oregón", "Pennsylvania": "Pensilvania",
    "South Carolina": "Carolina del Sur", "South Dakota": "Dakota del Sur", "U.S. Virgin Islands": "Islas Vírgenes",
    "West Virginia": "Virginia Occidental",
}  # fmt: skip

CITIES: Mapping[str, str] = {
    "New Orleans": "Nueva Orleans", "New Orleans, LA": "Nueva Orleans, LA",
    "New York City": "Ciudad de Nueva York", "New York City, NY": "Ciudad de Nueva York, NY", "New York, NY": "Nueva York, NY",
    "Philadelphia": "Filadelfia", "Philadelphia, PA": "Filadelfia, PA",
}  # fmt: skip

COUNTRIES: Mapping[str, str] = {
    "Afghanistan": "Afganistán", "Algeria": "Argelia", "Azerbaijan": "Azerbaiyán", "Bahrain": "Baréin",
    "Bangladesh": "Bangladés", "Belarus": "Bielorrusia", "Belgium": "Bélgica", "Belize": "Belice", "Benin": "Benín",
    "Bosnia and Herzegovina": "Bosnia y Herzegovina", "Botswana": "Botsuana", "Brazil": "Brasil", "Cambodia": "Camboya",
    "Cameroon": "Camerún", "Canada": "Canadá", "Cape Verde": "Cabo Verde", "Central African Republic": "República Centroafricana",
    "Comoros": "Comoras", "Croatia": "Croacia", "Cyprus": "Chipre", "Czech Republic": "República Checa",
    "Democratic Republic of the Congo": "República Democrática del Congo", "Djibouti": "Yibuti",
    "Dominican Republic": "República Dominicana", "Egypt": "Egipto", "Equatorial Guinea": "Guinea Ecuatorial",
    "Ethiopia": "Etiopía", "Fiji": "Fiyi", "France": "Francia", "Gabon": "Gabón", "Germany": "Alemania", "Greece": "Grecia",
    "Grenada": "Granada", "Guinea-Bissau": "Guinea-Bisáu", "Haiti": "Haití", "Hungary": "Hungría", "Iran": "Irán",
    "Iraq": "Irak", "Ireland": "Irlanda", "Italy": "Italia", "Ivory Coast": "Costa de Marfil", "Japan": "Japón",
    "Jordan": "Jordania", "Kazakhstan": "Kazajistán", "Kenya": "Kenia", "Kyrgyzstan": "Kirguistán", "Latvia": "Letonia",
    "Lebanon": "Líbano", "Libya": "Libia", "Lithuania": "Lituania", "Malawi": "Malaui", "Malaysia": "Malasia",
    "Mexico": "México", "Moldova": "Moldavia", "Morocco": "Marruecos", "Myanmar": "Birmania", "Niger": "Níger",
    "North Korea": "Corea del Norte", "North Macedonia": "Macedonia del Norte", "Pakistan": "Pakistán",
    "Palestine": "Palestina", "Panama": "Panamá",
    "Papua New Guinea": "Papúa Nueva Guinea", "Peru": "Perú", "Philippines": "Filipinas", "Poland": "Polonia",
    "Republic of the Congo": "República del Congo", "Romania": "Rumanía", "Russia": "Rusia", "Rwanda": "Ruanda",
    "Saint Lucia": "Santa Lucía", "Saudi Arabia": "Arabia Saudita", "Sierra Leone": "Sierra Leona", "Slovakia": "Eslovaquia",
    "South Africa": "Sudáfrica", "South Korea": "Corea del Sur", "South Sudan": "Sudán del Sur", "Spain": "España",
    "Sudan": "Sudán", "Switzerland": "Suiza", "Syria": "Siria", "Taiwan": "Taiwán", "Tajikistan": "Tayikistán",
    "Thailand": "Tailandia", "Trinidad and Tobago": "Trinidad y Tobago", "Tunisia": "Túnez",
    "Turkey": "Turquía", "Turkmenistan": "Turkmenistán", "Ukraine": "Ucrania", "United Kingdom": "Reino Unido",
    "United States": "Estados Unidos", "Uzbekistan": "Uzbekistán", "Zimbabwe": "Zimbabue",
    "Denmark": "Dinamarca", "Finland": "Finlandia", "Mauritius": "Mauricio",
    "Netherlands": "Países Bajos", "New Zealand": "Nueva Zelanda", "Norway": "Noruega", "Singapore": "Singapur",
    "Slovenia": "Eslovenia", "Sweden": "Suecia", "Timor-Leste": "Timor Oriental", "United Arab Emirates": "Emiratos Árabes Unidos",
    "Western Sahara": "Sáhara Occidental", "Stateless": "ningún país (apátrida)",
}  # fmt: skip

NAMES: Mapping[str, str] = {**COUNTRIES, **STATES, **CITIES}
